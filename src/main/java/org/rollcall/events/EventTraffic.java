package org.rollcall.events;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * How much was written to listeners since the start, and how many were refused. Safe for many
 * threads; no call blocks.
 */
public final class EventTraffic {
  private final LongAdder pieces = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final Map<EventRefusal, LongAdder> refusals = new EnumMap<>(EventRefusal.class);

  EventTraffic() {
    for (EventRefusal refusal : EventRefusal.values()) {
      refusals.put(refusal, new LongAdder());
    }
  }

  void sent(int size) {
    pieces.increment();
    bytes.add(size);
  }

  void refused(EventRefusal refusal) {
    Objects.requireNonNull(refusals.get(refusal)).increment();
  }

  /** Returns how many pieces were written: events that left together are one. */
  public long pieces() {
    return pieces.sum();
  }

  /** Returns how many bytes were written. */
  public long bytes() {
    return bytes.sum();
  }

  /** Returns how many requests were refused, by the reason's name in lower case. */
  public Map<String, LongSupplier> refusals() {
    Map<String, LongSupplier> named = new TreeMap<>();
    refusals.forEach(
        (refusal, count) -> named.put(refusal.name().toLowerCase(Locale.ROOT), count::sum));
    return named;
  }
}
