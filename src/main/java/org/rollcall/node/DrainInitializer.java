package org.rollcall.node;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the end while the WAR starts.
 *
 * <p>Puts {@link DrainListener} behind every other listener, so that it is the first to be told of
 * an undeployment: Undertow 2.3 closes all WebSocket sessions, with 1001 and at once, in a listener
 * of its own that comes after the declared ones. And loads every class of Rollcall: Payara Micro 6
 * deletes the WAR's files before it tells of the end, and what is not loaded by then never is.
 */
public final class DrainInitializer implements ServletContainerInitializer {
  private static final Logger LOG = System.getLogger(DrainInitializer.class.getName());
  private static final String CLASSES = "/WEB-INF/classes/";
  private static final String SUFFIX = ".class";

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    context.addListener(DrainListener.class);
    load(context, CLASSES + "org/rollcall/");
  }

  private static void load(ServletContext context, String folder) {
    @Nullable Set<String> paths = context.getResourcePaths(folder);
    if (paths == null) {
      return;
    }
    for (String path : paths) {
      if (path.endsWith("/")) {
        load(context, path);
      } else if (path.endsWith(SUFFIX)) {
        String name = path.substring(CLASSES.length(), path.length() - SUFFIX.length());
        loadClass(name.replace('/', '.'));
      }
    }
  }

  private static void loadClass(String name) {
    try {
      Class.forName(name, true, DrainInitializer.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.log(Level.DEBUG, "A class could not be loaded beforehand", e);
    }
  }
}
