package org.rollcall.testing;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** Java that stands in a document. */
public final class JavaLines {
  private JavaLines() {}

  /**
   * Compiles a class against what the tests see.
   *
   * @param source the whole of its file
   * @param name the class's
   * @param folder where its files go
   */
  public static Class<?> compile(String source, String name, Path folder)
      throws IOException, ClassNotFoundException {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    String[] arguments = {
      "-classpath", System.getProperty("java.class.path"), "-d", folder.toString(), file.toString()
    };
    int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments);
    if (result != 0) {
      throw new IllegalStateException(name + " does not compile");
    }
    URL[] compiled = {folder.toUri().toURL()};
    // The class outlives this call, and with it the loader.
    return new URLClassLoader(compiled, JavaLines.class.getClassLoader()).loadClass(name);
  }
}
