package org.rollcall.events;

import jakarta.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rollcall.count.Count;

/**
 * The texts of one stream's events (HTML standard, Server-sent events): {@code data} is what the
 * API answers for the topic, {@code id} says which numbers the client shows now, of all topics in
 * their order: {@code 12-3.0-1} are 12 viewers and 3 users on the first one.
 *
 * <p>Not safe for many threads.
 */
final class CountEvent {
  private static final String UNKNOWN = "";

  private final List<String> begins;
  private final String[] shown;

  /** Creates the texts of a client that shows nothing yet. */
  CountEvent(List<String> topics) {
    this.begins =
        topics.stream()
            .map(
                topic -> "data: {\"topic\":" + Json.createValue(topic) + ",\"viewers\":{\"count\":")
            .toList();
    this.shown = new String[topics.size()];
    Arrays.fill(shown, UNKNOWN);
  }

  /**
   * Reads the counts that the client says it shows. A text that no event can have had as its id is
   * ignored.
   */
  void resume(String lastEventId) {
    String[] parts = lastEventId.split("\\.", -1);
    if (parts.length == shown.length && Arrays.stream(parts).allMatch(CountEvent::isShown)) {
      System.arraycopy(parts, 0, shown, 0, parts.length);
    }
  }

  private static boolean isShown(String part) {
    return part.length() <= 21 && part.matches("(?:[0-9]+-[0-9]+)?");
  }

  /**
   * Returns the event with a count; empty if the client shows it already.
   *
   * @param index the place of the topic
   */
  @Nullable String of(int index, Count count) {
    String numbers = count.viewers() + "-" + count.users();
    if (shown[index].equals(numbers)) {
      return null;
    }
    shown[index] = numbers;
    return "id: "
        + Arrays.stream(shown).collect(Collectors.joining("."))
        + "\n"
        + begins.get(index)
        + count.viewers()
        + "},\"users\":{\"count\":"
        + count.users()
        + "},\"total\":"
        + count.total()
        + "}\n\n";
  }
}
