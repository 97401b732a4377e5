package org.rollcall.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.identity.User;
import org.rollcall.identity.token.SharedSecretVerifier;
import org.rollcall.testing.BackEndLines;
import org.rollcall.testing.Snippets;

/** The lines of the documents that make a token are run, and Rollcall accepts their tokens. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TokenSnippetsTest {
  /** As {@code openssl rand -hex 32} prints one. */
  private static final String SECRET =
      "5f3a9c0e7b1d4286a0c3e5f7091b2d4f6a8c0e1f3b5d7092a4c6e8f0b1d3f5a7";

  @TempDir private Path folder = Path.of("");

  private static User verify(String token) {
    return new SharedSecretVerifier(SECRET, Optional.empty()).verify(token.strip()).orElseThrow();
  }

  /** Runs a program of the machine, or skips the test if there is none. */
  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SECRET", SECRET);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static boolean isThere(String program) {
    return Pattern.compile(":")
        .splitAsStream(System.getenv().getOrDefault("PATH", ""))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  @Test
  void theShellOfFiveMinutesMakesAnAdministrator() throws Exception {
    assumeTrue(isThere("sh") && isThere("openssl"));
    String block =
        Snippets.of(BackEndLines.PAGE, "sh").stream()
            .filter(lines -> lines.contains("b64()"))
            .findFirst()
            .orElseThrow();
    String lines =
        block
            .replace("SECRET=$(cat ~/hello/secret.txt)\n", "")
            .replaceAll("(?m)^curl.*$", "")
            .concat("echo \"$ADMIN\"");
    User user = verify(run("sh", "-c", lines));
    assertThat(user.id()).isEqualTo("me");
    assertThat(user.isAdmin()).isTrue();
  }

  static List<String> languages() {
    return BackEndLines.languages();
  }

  @ParameterizedTest
  @MethodSource("languages")
  void theBackEndsOfFiveMinutesMintTokensOfUsersAlone(String language) throws Exception {
    assumeTrue(BackEndLines.canRun(language));
    Files.writeString(folder.resolve("secret.txt"), SECRET + "\n");
    Files.writeString(folder.resolve("friends.html"), "the page");
    try (BackEndLines backEnd = BackEndLines.start(language, folder)) {
      User user = verify(backEnd.read("/token?user=7"));
      assertThat(user.id()).isEqualTo("7");
      assertThat(user.isAdmin()).isFalse();
      assertThat(backEnd.read("/?user=7")).isEqualTo("the page");
      assertThat(backEnd.read("/secret.txt")).doesNotContain(SECRET);
      assertThat(isAdministrator(backEnd)).isFalse();
    }
  }

  /** The page's address says who the user is, and may say no more than that. */
  private static boolean isAdministrator(BackEndLines backEnd) {
    try {
      String hostile = "/token?user=7%22,%22groups%22:[%22rollcall-admin%22],%22a%22:%22";
      return new SharedSecretVerifier(SECRET, Optional.empty())
          .verify(backEnd.read(hostile))
          .filter(User::isAdmin)
          .isPresent();
    } catch (RuntimeException refused) {
      return false;
    }
  }
}
