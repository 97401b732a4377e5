package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection of Undertow, as far as reading from it is concerned. */
class UndertowSourceTest {
  private static final byte[] EMPTY_PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};

  private final List<String> done = new ArrayList<>();
  private final Deque<Runnable> workerTasks = new ArrayDeque<>();
  private final Wire wire = new Wire();
  private final Source source = new Source(wire);
  private Executor worker = workerTasks::add;

  /** A conduit, as XNIO has them. */
  interface Conduit {
    /** Reads what is there; -1 at the end. */
    int read(ByteBuffer bytes) throws IOException;

    /** Stops to be called when there is something to read. */
    void suspendReads();
  }

  /** The conduit at the bottom. */
  final class Wire implements Conduit {
    private byte[] next = {};
    private boolean ended;
    private boolean reset;

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      if (reset) {
        throw new IOException("Connection reset");
      }
      if (ended) {
        return -1;
      }
      bytes.put(next);
      return next.length;
    }

    @Override
    public void suspendReads() {
      done.add("suspended");
    }
  }

  /** The source channel of a connection. */
  static final class Source {
    private Conduit conduit;

    Source(Conduit conduit) {
      this.conduit = conduit;
    }

    /** Returns the conduit at the top. */
    public Conduit getConduit() {
      return conduit;
    }

    /** Puts a conduit on top. */
    public void setConduit(Conduit top) {
      conduit = top;
    }
  }

  /** The connection. */
  record Connection(Source source, Runnable closing) implements Closeable {
    /** Returns its source channel. */
    public Source getSourceChannel() {
      return source;
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  /** The channel of a WebSocket. */
  record Channel(Connection connection, Executor worker) {
    /** Returns the connection beneath. */
    public Connection getUnderlyingConnection() {
      return connection;
    }

    /** Returns the server's threads. */
    public Executor getWorker() {
      return worker;
    }
  }

  @BeforeEach
  void putOn() throws ReflectiveOperationException {
    Connection connection = new Connection(source, () -> done.add("closed"));
    UndertowSource.putOn(
        new Channel(connection, task -> worker.execute(task)),
        new FrameMeter((kind, length, masked) -> done.add("frame of kind " + kind)));
  }

  private int read() throws IOException {
    return read(ByteBuffer.allocate(100));
  }

  private int read(ByteBuffer bytes) throws IOException {
    return source.getConduit().read(bytes);
  }

  @Test
  void framesAreMeasuredAsTheyAreRead() throws IOException {
    wire.next = EMPTY_PING;
    assertThat(read()).isEqualTo(EMPTY_PING.length);
    wire.next = new byte[0];
    assertThat(read()).isZero();
    assertThat(done).containsExactly("frame of kind 9");
  }

  @Test
  void aConnectionWhoseClientHasEndedItIsClosedByAnotherThread() throws IOException {
    wire.ended = true;
    assertThat(read()).isZero();
    assertThat(read()).as("it is not read again").isZero();
    assertThat(done).containsExactly("suspended");
    workerTasks.remove().run();
    assertThat(done).containsExactly("suspended", "closed");
    assertThat(workerTasks).isEmpty();
  }

  @Test
  void framesThatUndertowHoldsAreTakenBeforeTheConnectionIsClosed() throws IOException {
    wire.ended = true;
    ByteBuffer half = ByteBuffer.allocate(100).put(EMPTY_PING, 0, 3);
    assertThat(read(half)).as("Undertow takes them and reads again").isEqualTo(-1);
    assertThat(done).isEmpty();
    assertThat(read()).isZero();
    workerTasks.remove().run();
    assertThat(done).containsExactly("suspended", "closed");
  }

  @Test
  void aConnectionThatIsResetIsClosedByAnotherThread() throws IOException {
    wire.reset = true;
    assertThat(read()).isZero();
    workerTasks.remove().run();
    assertThat(done).containsExactly("suspended", "closed");
  }

  @Test
  void aServerThatStopsClosesItAtOnce() throws IOException {
    worker =
        task -> {
          throw new RejectedExecutionException("stopped");
        };
    wire.ended = true;
    assertThat(read()).isZero();
    assertThat(done).containsExactly("closed", "suspended");
  }

  @Test
  void otherFailuresAreTheServers() {
    wire.next = EMPTY_PING;
    assertThatThrownBy(() -> read(ByteBuffer.allocate(1))).isInstanceOf(RuntimeException.class);
    assertThat(done).isEmpty();
  }
}
