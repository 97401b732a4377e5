package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.infinispan.distribution.ch.KeyPartitioner;
import org.infinispan.distribution.ch.impl.HashFunctionPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.VisibilityRule;

/** The segments in which nodes look for keys: each node is a JVM of its own. */
@Timeout(60)
class KeysTest {
  private static final String INFINISPANS_OWN = "org.infinispan.CONFIG";
  private static final int SEGMENTS = 1024;

  /** Keys of every kind that each cache has. */
  private static final Map<String, List<?>> KEYS =
      Map.of(
          CacheConfigurations.NODES,
          List.of("0b9c", "gone 0b9c"),
          CacheConfigurations.ENTRIES,
          List.of(
              new PresenceEntry.Id(new Topic("room:1"), "ada", "c"),
              new PresenceEntry.Id(new Topic("room:1").veiled("ada"), "ada", "c"),
              new PresenceEntry.Id(Topic.ofUser("7"), "7", "Zm9v")),
          CacheConfigurations.COUNTS,
          List.of(
              new InfinispanCountStore.Key(new Topic("count:1"), "0b9c"),
              new InfinispanCountStore.Key(new Topic("count:1"), "0b9d")),
          CacheConfigurations.RULES,
          List.of(
              VisibilityRule.hidden("ada"),
              VisibilityRule.blocked("ada"),
              VisibilityRule.blocked(""),
              VisibilityRule.apart("ada", "ben"),
              VisibilityRule.apart("ben", "ada")),
          CacheConfigurations.SHOWN,
          List.of("count:1"),
          CacheConfigurations.LOGOUTS,
          List.of("of the desk"));

  /**
   * Prints the hash and the segment of each key in this JVM.
   *
   * @param args how many objects are to have an identity before all others
   */
  public static void main(String[] args) {
    for (int i = 0; i < Integer.parseInt(args[0]); i++) {
      System.identityHashCode(new Object());
    }
    System.out.println("identity " + VisibilityRule.Kind.HIDDEN.hashCode());
    lines().forEach(System.out::println);
  }

  private static List<String> lines() {
    KeyPartitioner segments = HashFunctionPartitioner.instance(SEGMENTS);
    List<String> lines = new ArrayList<>();
    new TreeMap<>(KEYS)
        .forEach(
            (cache, keys) -> {
              for (int i = 0; i < keys.size(); i++) {
                Object key = keys.get(i);
                lines.add(cache + " " + i + " " + key.hashCode() + " " + segments.getSegment(key));
              }
            });
    return lines;
  }

  private static List<String> run(int objects) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                KeysTest.class.getName(),
                String.valueOf(objects))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said.lines().toList();
  }

  @Test
  void everyJvmFilesTheSameKeyInTheSameSegment() throws IOException {
    List<String> one = run(0);
    List<String> other = run(5);
    assertThat(one.get(0)).startsWith("identity").isNotEqualTo(other.get(0));
    assertThat(one.subList(1, one.size())).isEqualTo(lines());
    assertThat(other.subList(1, other.size())).isEqualTo(lines());
  }

  @Test
  void everySharedCacheIsHere() {
    Set<String> shared = new TreeSet<>(CacheConfigurations.ALL);
    shared.remove(INFINISPANS_OWN);
    assertThat(KEYS).containsOnlyKeys(shared);
  }

  @Test
  void keysThatDifferHashDifferently() {
    KEYS.forEach(
        (cache, keys) ->
            assertThat(keys.stream().map(Object::hashCode).distinct())
                .as(cache)
                .hasSameSizeAs(Set.copyOf(keys)));
  }
}
