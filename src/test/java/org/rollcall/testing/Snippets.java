package org.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The blocks of code in the READMEs and in the site's pages. */
public final class Snippets {
  /** The README. */
  public static final Path README = Path.of("README.md");

  /** The page of the npm package. */
  public static final Path PACKAGE = Path.of("src/main/webapp/README.md");

  private static final Path PAGES = Path.of("src/site/markdown");

  private Snippets() {}

  /** Returns a page of the site, by its name without the ending. */
  public static Path page(String name) {
    return PAGES.resolve(name + ".md");
  }

  /**
   * Returns the blocks of a language on a page, in their order, at least one.
   *
   * @param language as it stands behind the three back ticks
   */
  public static List<String> of(Path page, String language) {
    List<String> blocks =
        Pattern.compile("(?s)```" + language + "\n(.*?)```")
            .matcher(read(page))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    if (blocks.isEmpty()) {
      throw new IllegalStateException(page + " has no block of " + language);
    }
    return blocks;
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
