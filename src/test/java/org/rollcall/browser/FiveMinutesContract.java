package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.BackEndLines;
import org.rollcall.testing.Snippets;
import org.rollcall.testing.TestToken;

/** The page <i>Getting started in five minutes</i> is followed to the letter, by each back end. */
interface FiveMinutesContract extends Widgets {
  /** Returns a block of the page that has certain words, for this server and this folder. */
  private String lines(String language, String words, Path folder) {
    return Snippets.of(BackEndLines.PAGE, language).stream()
        .filter(block -> block.contains(words))
        .findFirst()
        .orElseThrow()
        .replace("http://localhost:8080/rollcall/", rollcall().address())
        .replace("~/hello", "" + folder);
  }

  private static String run(String lines) throws Exception {
    Process shell = new ProcessBuilder("sh", "-ec", lines).start();
    shell.getOutputStream().close();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  default void twoWindowsOfTheFirstPageAreTwo(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("counter.html");
    Files.writeString(file, lines("html", "count:hello", folder));
    Page one = chromium().visitor();
    one.navigate("" + file.toUri());
    Page other = chromium().visitor();
    other.navigate("" + file.toUri());
    Widgets.assertTotal(one, 2);
    Widgets.assertTotal(other, 2);
    assertThat(run(lines("sh", "count:hello", folder)))
        .isEqualTo(
            "{\"topic\":\"count:hello\",\"viewers\":{\"count\":2},\"users\":{\"count\":0},\"total\":2}");
  }

  static List<String> languages() {
    return BackEndLines.languages();
  }

  @ParameterizedTest
  @MethodSource("languages")
  default void anAdministratorsLinesMakeTwoUsersFriends(String language, @TempDir Path folder)
      throws Exception {
    assumeTrue(BackEndLines.canRun(language));
    String al = newName();
    String bo = newName();
    Files.writeString(folder.resolve("secret.txt"), TestToken.SECRET);
    Files.writeString(folder.resolve("friends.html"), lines("html", "<rollcall-friends", folder));
    try (BackEndLines backEnd = BackEndLines.start(language, folder)) {
      Page window = open(backEnd, al);
      Page other = open(backEnd, bo);
      run(people(lines("sh", "b64()", folder), al, bo));
      assertThat(window.locator("#list li"))
          .hasText(new String[] {al + ": online", bo + ": online"});
      assertThat(window.locator("rollcall-friends li [part=name]")).hasText("User " + bo);
      assertThat(other.locator("rollcall-friends li [part=name]")).hasText("User " + al);
      other.locator("#away").click();
      assertThat(window.locator("#list li").last()).hasText(bo + ": away");
      assertThat(run(people(lines("sh", "demo/token", folder), al, bo)))
          .isEqualTo("[\"" + bo + "\"]");
    }
  }

  private static String people(String lines, String al, String bo) {
    return lines.replace("107", al).replace("108", bo);
  }

  private Page open(BackEndLines backEnd, String user) {
    Page page = chromium().visitor();
    page.navigate(backEnd.address("/?user=" + user));
    assertThat(page.locator("#list li")).hasCount(1);
    assertThat(page.locator("#list li")).hasText(user + ": online");
    assertThat(page.locator("rollcall-friends")).hasAttribute("state", "live");
    return page;
  }
}
