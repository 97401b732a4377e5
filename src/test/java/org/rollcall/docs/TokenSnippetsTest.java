package org.rollcall.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.identity.SecretTokens;
import org.rollcall.identity.User;
import org.rollcall.testing.JavaLines;
import org.rollcall.testing.Snippets;

/** The lines of the documents that make a token are run, and Rollcall takes what they make. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TokenSnippetsTest {
  /** As {@code openssl rand -hex 32} prints one. */
  private static final String SECRET =
      "5f3a9c0e7b1d4286a0c3e5f7091b2d4f6a8c0e1f3b5d7092a4c6e8f0b1d3f5a7";

  private static final Path GETTING_STARTED = Snippets.page("getting-started");

  @TempDir private Path folder = Path.of("");

  private static User verify(String token) {
    return new SecretTokens(SECRET, Optional.empty()).verify(token.strip()).orElseThrow();
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
  void theJavaOfTheReadme() throws Exception {
    String source =
        """
        import static java.nio.charset.StandardCharsets.UTF_8;
        import java.security.*;
        import java.time.*;
        import java.util.*;
        import javax.crypto.*;
        import javax.crypto.spec.*;
        public class Snippet {
          public %s
        }
        """
            .formatted(Snippets.of(Snippets.README, "java").get(0));
    Object token =
        JavaLines.compile(source, "Snippet", folder)
            .getMethod("token", String.class, String.class)
            .invoke(null, "7", SECRET);
    assertThat(verify(String.valueOf(token)).id()).isEqualTo("7");
  }

  @Test
  void theShellOfTheReadmeMakesAnAdministrator() throws Exception {
    assumeTrue(isThere("sh") && isThere("openssl"));
    String lines =
        Snippets.of(Snippets.README, "sh").get(0).replaceAll("(?m)^curl.*$", "echo \"\\$ADMIN\"");
    User user = verify(run("sh", "-c", lines));
    assertThat(user.id()).isEqualTo("me");
    assertThat(user.isAdmin()).isTrue();
  }

  @Test
  void theNodeOfGettingStarted() throws Exception {
    assumeTrue(isThere("node"));
    String lines =
        Snippets.of(GETTING_STARTED, "mjs").get(0)
            + "\nconsole.log(token('7', process.env.SECRET, { groups: ['rollcall-admin'] }))";
    assertAdministrator(run("node", "--input-type=module", "-e", lines));
  }

  @Test
  void thePythonOfGettingStarted() throws Exception {
    assumeTrue(isThere("python3"));
    String lines =
        Snippets.of(GETTING_STARTED, "python").get(0)
            + "\nimport os\nprint(token('7', os.environ['SECRET'], groups=['rollcall-admin']))";
    assertAdministrator(run("python3", "-c", lines));
  }

  @Test
  void thePhpOfGettingStarted() throws Exception {
    assumeTrue(isThere("php"));
    String lines =
        Snippets.of(GETTING_STARTED, "php").get(0)
            + "\necho token('7', getenv('SECRET'), ['groups' => ['rollcall-admin']]);";
    assertAdministrator(run("php", "-r", lines));
  }

  private static void assertAdministrator(String token) {
    User user = verify(token);
    assertThat(user.id()).isEqualTo("7");
    assertThat(user.isAdmin()).isTrue();
  }
}
