package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays a scenario of the protocol page against a node. */
public final class ScenarioPlayer {
  private static final Pattern STEP = Pattern.compile("(\\w+) ([<>]) (.*)");
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)\\}");
  private static final String SECONDS = "t";

  private final Peers peers;
  private final Map<String, Peer> connected = new HashMap<>();
  private final Map<String, String> bound = new HashMap<>();

  /** Creates a player for one scenario. */
  public ScenarioPlayer(Peers peers) {
    this.peers = peers;
  }

  /** Plays all steps and closes all connections. */
  public void play(GoldenFrames.Scenario scenario) {
    try {
      for (String line : scenario.steps()) {
        Matcher step = STEP.matcher(line);
        assertThat(step.matches()).as("a step: " + line).isTrue();
        if (step.group(2).equals(">")) {
          act(step.group(1), step.group(3));
        } else {
          expect(step.group(1), step.group(3));
        }
      }
    } finally {
      connected.values().forEach(Peer::close);
    }
  }

  private void act(String who, String what) {
    if (what.startsWith("connect ")) {
      connected.put(who, connect(what.split(" ", -1)));
    } else if (what.startsWith("binary ")) {
      peer(who).send(bytes(what.substring("binary ".length())));
    } else if (what.equals("close")) {
      peer(who).close();
    } else {
      peer(who).send(what);
    }
  }

  private Peer connect(String[] words) {
    Optional<String> user = words.length > 2 ? Optional.of(words[2]) : Optional.empty();
    List<String> friends =
        words.length > 3
            ? List.of(words[3].substring("friends=".length()).split(",", -1))
            : List.of();
    return peers.connect(words[1], user, friends);
  }

  private Peer peer(String who) {
    return Objects.requireNonNull(connected.get(who), "connect comes before all else");
  }

  /** Reads hexadecimal bytes, then texts between bars. */
  private static byte[] bytes(String text) {
    String[] parts = text.split(" \\| ", -1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String hex : parts[0].split(" ", -1)) {
      bytes.write(Integer.parseInt(hex, 16));
    }
    for (int i = 1; i < parts.length; i++) {
      bytes.writeBytes(parts[i].getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private void expect(String who, String expected) {
    String got = peer(who).next();
    StringBuilder pattern = new StringBuilder();
    Set<String> unbound = new LinkedHashSet<>();
    Matcher names = NAME.matcher(expected);
    int from = 0;
    while (names.find()) {
      pattern.append(Pattern.quote(expected.substring(from, names.start())));
      pattern.append(text(names.group(1), unbound));
      from = names.end();
    }
    pattern.append(Pattern.quote(expected.substring(from)));
    Matcher match = Pattern.compile(pattern.toString()).matcher(got);
    assertThat(match.matches()).as("%s gets%n%s%nbut got%n%s", who, expected, got).isTrue();
    for (String name : unbound) {
      assertThat(bound).as("refs are unique").doesNotContainValue(match.group(name));
      bound.put(name, match.group(name));
    }
  }

  private String text(String name, Set<String> unbound) {
    if (name.equals(SECONDS)) {
      return "[0-9]{10}";
    }
    if (bound.containsKey(name)) {
      return Pattern.quote(bound.get(name));
    }
    return unbound.add(name) ? "(?<" + name + ">[A-Za-z0-9_-]{16})" : "\\k<" + name + ">";
  }
}
