package org.rollcall.socket;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.rollcall.concurrent.AfterTask;
import org.rollcall.protocol.CloseCode;

/** Measures the way of a frame through an outbox, to a transport that takes it at once. */
@State(Scope.Benchmark)
public class OutboxBenchmark {
  private static final int CAPACITY = 100;
  private static final long TIMEOUT_NANOS = 10_000_000_000L;
  private static final String DIFF =
      "[null,null,\"user_presence:u0\",\"presence_diff\",{\"joins\":{\"u0\":{\"metas\":"
          + "[{\"online_at\":\"1700000000\",\"phx_ref\":\"F1q2w3e4r5t6z7u8\"}]}},\"leaves\":{}}]";

  private final ReadyTransport transport = new ReadyTransport();
  private final Outbox outbox =
      new Outbox(
          transport,
          Runnable::run,
          new OutboxLimits(CAPACITY, TIMEOUT_NANOS, System::nanoTime),
          new FailingListener());
  private final Outbox.Stream stream = outbox.stream(() -> {});

  /** A transport that completes each send within the call. */
  private static final class ReadyTransport implements Transport {
    private long characters;

    @Override
    public void send(String text, Done done) {
      characters += text.length();
      done.sent(true);
    }

    @Override
    public void ping() {}

    @Override
    public void close(CloseCode code) {}
  }

  /** The frames leave in time here, so an end is a fault of the benchmark. */
  private static final class FailingListener implements OutboxListener {
    @Override
    public void slow() {
      throw new IllegalStateException("The outbox is full");
    }

    @Override
    public void lost() {
      throw new IllegalStateException("The transport is closed");
    }
  }

  /** Offers a diff, which leaves at the end of the task. */
  @Benchmark
  public long offerAndSendADiff() {
    AfterTask.run(() -> stream.push(DIFF), Runnable::run);
    return transport.characters;
  }
}
