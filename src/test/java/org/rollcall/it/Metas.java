package org.rollcall.it;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Metas on both sides of the limits: ten keys, 2 KB, no key that is the protocol's. */
final class Metas {
  /** Ten keys, and exactly 2,048 bytes. */
  static final String LARGEST = withKeys(10, 2048);

  static final List<String> WRONG =
      List.of(
          withKeys(11, 200),
          withKeys(10, 2049),
          "{\"phx_ref\":\"mine\"}",
          "{\"__proto__\":1}",
          "{\"a\":{\"prototype\":1}}",
          "{\"a\":[1,[{\"b\":{\"constructor\":null}}]]}",
          "[]",
          "\"text\"");

  private Metas() {}

  private static String withKeys(int keys, int bytes) {
    String members =
        IntStream.range(1, keys)
            .mapToObj(i -> "\"k%02d\":1".formatted(i))
            .collect(Collectors.joining(",", "{", ",\"filler\":\""));
    return members + "x".repeat(bytes - members.length() - 2) + "\"}";
  }
}
