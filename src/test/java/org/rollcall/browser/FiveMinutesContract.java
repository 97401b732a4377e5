package org.rollcall.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.testing.BackEndLines;
import org.rollcall.testing.Snippets;
import org.rollcall.testing.TestToken;

/** The page <i>Getting started in five minutes</i> is followed to the letter, by each back end. */
interface FiveMinutesContract extends Widgets {
  /** Returns a block of the page that has certain words. */
  private static String block(String language, String words) {
    return Snippets.of(BackEndLines.PAGE, language).stream()
        .filter(block -> block.contains(words))
        .findFirst()
        .orElseThrow();
  }

  /** Returns lines of the page for this server and this folder. */
  private String here(String lines, Path folder) {
    return lines
        .replace("http://localhost:8080/rollcall/", rollcall().address())
        .replace("~/hello", "" + folder);
  }

  /** Returns a block of the page that has certain words, for this server and this folder. */
  private String lines(String language, String words, Path folder) {
    return here(block(language, words), folder);
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
      run(here(people(block("sh", "b64()"), al, bo), folder));
      assertThat(window.locator("#list li"))
          .hasText(new String[] {al + ": online", bo + ": online"});
      assertThat(window.locator("rollcall-friends li [part=name]")).hasText("User " + bo);
      assertThat(other.locator("rollcall-friends li [part=name]")).hasText("User " + al);
      other.locator("#away").click();
      assertThat(window.locator("#list li").last()).hasText(bo + ": away");
      assertThat(run(here(people(block("sh", "demo/token"), al, bo), folder)))
          .isEqualTo("[\"" + bo + "\"]");
    }
  }

  /** Names two users in lines of the page, before a folder's name with such digits is in them. */
  private static String people(String lines, String al, String bo) {
    return Pattern.compile("107|108")
        .matcher(lines)
        .replaceAll(user -> user.group().equals("107") ? al : bo);
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
