package org.rollcall.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HomePageTest {
  private static final Path WEB = Path.of("src/main/webapp");

  @Test
  void thePageLeadsOnlyToWhatIsThere() throws IOException {
    String page = Files.readString(WEB.resolve("demo/home.html"));
    List<String> targets =
        Pattern.compile(" (?:href|src)=\"([^\"]+)\"")
            .matcher(page)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(targets)
        .contains("presence.js")
        .allMatch(target -> Files.exists(WEB.resolve(target)));
  }
}
