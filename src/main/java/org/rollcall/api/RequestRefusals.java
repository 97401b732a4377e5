package org.rollcall.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How often requests were answered with a problem since the start. Safe for many threads; no call
 * blocks.
 */
public final class RequestRefusals {
  private static final List<Integer> STATUSES =
      List.of(400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 429, 500, 501, 503);
  private static final Map<Integer, LongAdder> COUNTS = new LinkedHashMap<>();
  private static final LongAdder OTHERS = new LongAdder();

  static {
    STATUSES.forEach(status -> COUNTS.put(status, new LongAdder()));
  }

  private RequestRefusals() {}

  static void add(int status) {
    COUNTS.getOrDefault(status, OTHERS).increment();
  }

  /** Returns a number for each status, of which there are a few. */
  public static Map<String, LongSupplier> byStatus() {
    Map<String, LongSupplier> numbers = new LinkedHashMap<>();
    COUNTS.forEach((status, count) -> numbers.put("" + status, count::sum));
    numbers.put("other", OTHERS::sum);
    return numbers;
  }
}
