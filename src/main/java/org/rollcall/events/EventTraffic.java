package org.rollcall.events;

import java.util.concurrent.atomic.LongAdder;

/** How much was written to listeners since the start. Safe for many threads; no call blocks. */
public final class EventTraffic {
  private final LongAdder pieces = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void sent(int size) {
    pieces.increment();
    bytes.add(size);
  }

  /** Returns how many pieces were written: events that left together are one. */
  public long pieces() {
    return pieces.sum();
  }

  /** Returns how many bytes were written. */
  public long bytes() {
    return bytes.sum();
  }
}
