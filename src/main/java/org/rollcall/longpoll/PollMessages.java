package org.rollcall.longpoll;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rollcall.socket.MessageBudget;

/**
 * The messages of one body: one on each line if the type is {@code application/x-ndjson}, else the
 * whole body is one message.
 *
 * @param texts the messages in their order, not decoded
 * @param lines whether each was a line, which may be a binary message in Base64
 */
record PollMessages(List<String> texts, boolean lines) {
  /** The most messages that phoenix.js sends at once since 1.8 (CVE-2026-32689). */
  private static final int MOST = 100;

  /**
   * Reads a body.
   *
   * @return null if it is no UTF-8, or has more than a hundred messages
   */
  static @Nullable PollMessages of(@Nullable String type, byte[] body) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-ndjson")) {
      return new PollMessages(List.of(text), false);
    }
    String[] lines = text.split("\n", MOST + 2);
    boolean tooMany = lines.length > MOST + 1 || (lines.length > MOST && !lines[MOST].isEmpty());
    return tooMany
        ? null
        : new PollMessages(List.of(lines).stream().filter(line -> !line.isBlank()).toList(), true);
  }

  /**
   * Passes the messages on. A line that does not begin as JSON is a binary message in Base64. If it
   * is none, the client's socket answers with an error.
   */
  void give(MessageBudget messageBudget) {
    for (String text : texts) {
      byte @Nullable [] bytes = !lines || isJson(text) ? null : decode(text);
      if (bytes == null) {
        messageBudget.text(text, true);
      } else {
        messageBudget.binary(bytes, true);
      }
    }
  }

  private static boolean isJson(String text) {
    return text.startsWith("[") || text.startsWith("{");
  }

  private static byte @Nullable [] decode(String text) {
    try {
      return Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
