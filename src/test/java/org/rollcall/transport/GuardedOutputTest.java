package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The output of a connection of Payara, as far as its buffers are concerned. */
class GuardedOutputTest {
  private static final int MOST_WAITING = 32_768;
  private static final byte BROKEN = 7;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** What wraps a long array. */
  static final class Wrapped {
    private byte @Nullable [] array;

    /** Lets go of the array. */
    public void recycle() {
      array = null;
    }
  }

  /** Grizzly's connection. */
  static final class Connection {
    private int most = MOST_WAITING;

    /** Returns how many bytes may wait. */
    public int getMaxAsyncWriteQueueSize() {
      return most;
    }

    /** Takes how many bytes may wait. */
    public void setMaxAsyncWriteQueueSize(int most) {
      this.most = most;
    }
  }

  /** Grizzly's buffer. */
  static class Buffer {
    private final Wrapped temporaryWriteBuffer = new Wrapped();
    private final Connection connection = new Connection();
  }

  /** Grizzly's buffer of a server. */
  static final class ServerBuffer extends Buffer {}

  /** Catalina's buffer. */
  static final class CatalinaBuffer {
    final Buffer grizzlyOutputBuffer = new ServerBuffer();
  }

  /** An output without a buffer of Grizzly. */
  class Plain extends ServletOutputStream {
    @Override
    public void write(int one) {
      sent.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      sent.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  /** Catalina's output, which keeps each array. */
  final class Catalina extends Plain {
    final CatalinaBuffer ob = new CatalinaBuffer();
    private int mostWaiting;

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      super.write(bytes, offset, length);
      mostWaiting = most();
      if (bytes[0] == BROKEN) {
        throw new IOException("the connection is closed");
      }
      ob.grizzlyOutputBuffer.temporaryWriteBuffer.array = bytes;
    }

    int most() {
      return ob.grizzlyOutputBuffer.connection.most;
    }

    byte @Nullable [] kept() {
      return ob.grizzlyOutputBuffer.temporaryWriteBuffer.array;
    }
  }

  private static GuardedOutput guarded(ServletOutputStream out) {
    return new GuardedOutput(out, new ConnectionGuard(100));
  }

  @Test
  void aLongFrameIsNotKept() throws IOException {
    Catalina catalina = new Catalina();
    guarded(catalina).write(new byte[100_000]);
    assertThat(sent.size()).isEqualTo(100_000);
    assertThat(catalina.kept()).isNull();
  }

  @Test
  void aShortFrameMayBeKept() throws IOException {
    Catalina catalina = new Catalina();
    guarded(catalina).write(new byte[8192]);
    assertThat(catalina.kept()).hasSize(8192);
  }

  @Test
  void asManyBytesMayWaitAsALongFrameHasWhileItIsWritten() throws IOException {
    Catalina catalina = new Catalina();
    guarded(catalina).write(new byte[100_000]);
    assertThat(catalina.mostWaiting).isEqualTo(100_000);
    assertThat(catalina.most()).isEqualTo(MOST_WAITING);
    guarded(catalina).write(new byte[9_000]);
    assertThat(catalina.mostWaiting).isEqualTo(MOST_WAITING);
  }

  @Test
  void noMoreBytesMayWaitAfterALongFrameThatFailed() {
    Catalina catalina = new Catalina();
    byte[] broken = new byte[100_000];
    broken[0] = BROKEN;
    assertThatThrownBy(() -> guarded(catalina).write(broken)).isInstanceOf(IOException.class);
    assertThat(catalina.most()).isEqualTo(MOST_WAITING);
  }

  @Test
  void whereAnyNumberOfBytesMayWaitNothingIsChanged() throws IOException {
    Catalina catalina = new Catalina();
    catalina.ob.grizzlyOutputBuffer.connection.setMaxAsyncWriteQueueSize(-1);
    guarded(catalina).write(new byte[100_000]);
    assertThat(catalina.mostWaiting).isEqualTo(-1);
    assertThat(catalina.kept()).isNull();
  }

  @Test
  void anotherServersOutputTakesLongFramesAsWell() throws IOException {
    guarded(new Plain()).write(new byte[100_000]);
    assertThat(sent.size()).isEqualTo(100_000);
  }
}
