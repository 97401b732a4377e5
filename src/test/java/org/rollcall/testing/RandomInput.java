package org.rollcall.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.StringJoiner;

/** Makes texts and bytes that are wrong in most ways, and right now and then. */
public final class RandomInput {
  private static final String[] EVENTS = {
    "phx_join",
    "phx_join",
    "phx_leave",
    "update",
    "visibility",
    "heartbeat",
    "phx_close",
    "phx_error",
    "visibility"
  };
  private static final String[] TOPICS = {
    "phoenix", "room:a", "room:b", "count:a", "count:b", "user:fuzz", "user:other",
    "user_presence:fuzz", "room:", "count:*", "nothing:here", "room:\\u0000", "room:a,b", "user:"
  };
  private static final String[] KEYS = {
    "meta", "diffs", "track", "phx_ref", "phx_ref_prev", "online_at", "__proto__", "constructor",
    "status", "a", "", "topic", "event", "payload", "ref", "join_ref"
  };
  private static final String[] SCALARS = {
    "null", "true", "false", "0", "-1", "1.50", "1E400", "123456789012345678901234567890", "{}",
    "[]", "\"\"", "\"channel\"", "\"\\ud800\"", "\"\\u0000\"", "\"__proto__\"", "-", "01", "nul"
  };
  private static final String[] PIECES = {
    "a",
    "Z",
    "7",
    " ",
    ",",
    ":",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "%",
    ".",
    "=",
    "-",
    "_",
    "\u0000",
    "\n",
    "\u007f",
    "\u00e9",
    "\u2028",
    "\ud800",
    "\udc00",
    "\ud83d\ude00",
    "\ufeff",
    "null",
    "ws://"
  };

  private final Random random;

  /** Creates one that always makes the same of the same seed. */
  public RandomInput(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a number from 0 up to and without {@code below}. */
  public int number(int below) {
    return random.nextInt(below);
  }

  /** Returns one of several. */
  public String oneOf(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  /** Returns any text of at most so many pieces. */
  public String text(int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(pieces + 1); i > 0; i--) {
      text.append(oneOf(PIECES));
    }
    return text.toString();
  }

  /** Returns a text for a topic or an event, as it stands in JSON, without its quotes. */
  private String word(String... known) {
    return random.nextInt(8) > 0 ? oneOf(known) : escaped(text(12));
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
    return escaped.toString();
  }

  private String ref() {
    return random.nextInt(6) > 0 ? "\"" + random.nextInt(9) + "\"" : oneOf(SCALARS);
  }

  /** Returns a JSON value, or nearly one. */
  public String json(int depth) {
    int kind = random.nextInt(depth > 0 ? 10 : 4);
    if (kind < 3) {
      return oneOf(SCALARS);
    }
    if (kind < 4) {
      return "\"" + escaped(text(20)) + "\"";
    }
    StringJoiner members =
        kind < 8 ? new StringJoiner(",", "{", "}") : new StringJoiner(",", "[", "]");
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 20 : 4); i > 0; i--) {
      members.add((kind < 8 ? "\"" + word(KEYS) + "\":" : "") + json(depth - 1));
    }
    return members.toString();
  }

  private String payload() {
    return switch (random.nextInt(5)) {
      case 0 -> "{}";
      case 1 -> "{\"meta\":" + json(3) + "}";
      case 2 -> "{\"diffs\":" + json(0) + ",\"track\":" + json(0) + "}";
      default -> json(3);
    };
  }

  /** Returns a text message of version 1 or 2, whole or broken. */
  public String frame(boolean version1) {
    String topic = "\"" + word(TOPICS) + "\"";
    String event = "\"" + word(EVENTS) + "\"";
    String frame =
        version1
            ? "{\"topic\":%s,\"event\":%s,\"payload\":%s,\"ref\":%s,\"join_ref\":%s}"
                .formatted(topic, event, payload(), ref(), ref())
            : "[%s,%s,%s,%s,%s]".formatted(ref(), ref(), topic, event, payload());
    return random.nextInt(4) == 0 ? broken(frame) : frame;
  }

  /** Returns a text with some of its characters removed, doubled or replaced. */
  public String broken(String text) {
    StringBuilder broken = new StringBuilder(text);
    for (int i = 1 + random.nextInt(3); i > 0 && !broken.isEmpty(); i--) {
      int at = random.nextInt(broken.length());
      switch (random.nextInt(4)) {
        case 0 -> broken.deleteCharAt(at);
        case 1 -> broken.insert(at, oneOf(PIECES));
        case 2 -> broken.setCharAt(at, (char) random.nextInt(0x3000));
        default -> broken.setLength(at);
      }
    }
    return broken.toString();
  }

  /** Returns a binary message: a push, or bytes that begin like one. */
  public byte[] bytes() {
    byte[] any = new byte[random.nextInt(60)];
    random.nextBytes(any);
    if (random.nextInt(3) == 0) {
      return any;
    }
    byte[] topic = oneOf(TOPICS).getBytes(StandardCharsets.UTF_8);
    byte[] event = oneOf(EVENTS).getBytes(StandardCharsets.UTF_8);
    ByteBuffer push = ByteBuffer.allocate(7 + topic.length + event.length + any.length);
    push.put((byte) random.nextInt(3)).put((byte) 1).put((byte) random.nextInt(3));
    push.put((byte) (topic.length + (random.nextInt(9) == 0 ? 40 : 0))).put((byte) event.length);
    push.put((byte) '1').put((byte) '2').put(topic).put(event).put(any);
    return push.array();
  }
}
