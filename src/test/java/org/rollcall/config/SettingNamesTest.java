package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingNamesTest {
  private static Set<String> matches(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  @Test
  void allSettingsOfThePageAreKnownAndNoOthers() throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/settings.md"));
    assertThat(SettingNames.ALL).isEqualTo(matches("^\\| `(rollcall\\.[a-z.-]+)` \\|", page));
  }

  @Test
  void allSettingsThatAreReadAreKnown() throws IOException {
    Set<String> read = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/org/rollcall/config"))) {
      for (Path file : files.filter(file -> !file.endsWith("SettingNames.java")).toList()) {
        read.addAll(matches("\"(rollcall\\.[a-z.-]+)\"", Files.readString(file)));
      }
    }
    assertThat(read).isEqualTo(SettingNames.ALL);
  }

  @ParameterizedTest
  @CsvSource({
    "rollcall.gracee,rollcall.grace",
    "rollcall.anonymus,rollcall.anonymous",
    "rollcall.token.secrets,rollcall.token.secret",
    "rollcall.Grace,rollcall.node",
    "ROLLCALL_ANONYMUS,ROLLCALL_ANONYMOUS",
    "ROLLCALL_OIDC_CLIENTID,ROLLCALL_OIDC_CLIENT_ID",
  })
  void aMistypedNameIsToldWithTheNearest(String name, String nearest) {
    assertThat(SettingNames.unknown(List.of("java.home", name, "PATH")))
        .containsExactly(
            name + " is no setting of Rollcall and does nothing; the nearest name is " + nearest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rollcall.grace",
        "ROLLCALL_GRACE_AWAY",
        "ROLLCALL_DATABASE_PASSWORD",
        "ROLLCALL_OIDC_CLIENT_ID",
        "ROLLCALL_SERVICE_HOST",
        "ROLLCALL_SERVICE_PORT_HTTP",
        "ROLLCALL_PORT",
        "ROLLCALL_PORT_8080_TCP_ADDR",
        "ROLLCALL_HEADLESS_SERVICE_HOST",
        "org.rollcall.level",
        "rollcaller",
      })
  void settingsAndForeignNamesAreNotReported(String name) {
    assertThat(SettingNames.unknown(List.of(name))).isEmpty();
  }
}
