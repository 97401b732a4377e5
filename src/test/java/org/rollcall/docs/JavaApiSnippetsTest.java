package org.rollcall.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.JavaLines;
import org.rollcall.testing.Snippets;

/** The classes of the page of the Java API compile, and use that API only. */
class JavaApiSnippetsTest {
  private static final Pattern NAME = Pattern.compile("public (?:class|record) (\\w+)");

  @TempDir private Path folder = Path.of("");

  static List<String> classesOfThePage() {
    return Snippets.of(Snippets.page("java-api"), "java");
  }

  @ParameterizedTest
  @MethodSource("classesOfThePage")
  void aClassOfThePageCompiles(String source) throws Exception {
    Matcher name = NAME.matcher(source);
    assertThat(name.find()).as(source).isTrue();
    assertThat(JavaLines.compile(source, name.group(1), folder)).isNotNull();
    assertThat(source).doesNotContainPattern("org\\.rollcall\\.[a-z]");
  }
}
