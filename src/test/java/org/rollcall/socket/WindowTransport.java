package org.rollcall.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;

/** A transport that completes frames when the test says so, in their order. */
final class WindowTransport implements Transport {
  @Nullable Executor thread;
  final List<String> sent = new ArrayList<>();
  final Deque<Done> flying = new ArrayDeque<>();
  private final int window;

  WindowTransport(int window) {
    this.window = window;
  }

  @Override
  public int mostInFlight() {
    return window;
  }

  @Override
  public @Nullable Executor thread() {
    return thread;
  }

  @Override
  public synchronized void send(String text, Done done) {
    sent.add(text);
    flying.add(done);
    assertThat(flying).hasSizeLessThanOrEqualTo(window);
  }

  synchronized Done first() {
    return flying.remove();
  }

  void complete() {
    first().sent(true);
  }

  @Override
  public void ping() {}

  @Override
  public void close(CloseCode code) {}
}
