package org.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples of the protocol page, each a scenario of what clients send and get. */
public final class GoldenFrames {
  private static final Path PAGE = Path.of("src/site/markdown/protocol.md");

  private GoldenFrames() {}

  /**
   * One scenario.
   *
   * @param name its first line, which says the rule
   * @param steps the other lines
   */
  public record Scenario(String name, List<String> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Reads all scenarios from the page. */
  public static List<Scenario> read() {
    List<Scenario> scenarios = new ArrayList<>();
    List<String> block = new ArrayList<>();
    boolean inside = false;
    for (String line : lines()) {
      if (line.equals("```frames")) {
        inside = true;
      } else if (inside && line.equals("```")) {
        inside = false;
        String name = block.get(0).substring(2);
        scenarios.add(new Scenario(name, List.copyOf(block.subList(1, block.size()))));
        block.clear();
      } else if (inside) {
        block.add(line);
      }
    }
    return scenarios;
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
