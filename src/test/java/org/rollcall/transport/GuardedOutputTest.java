package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The output of a connection of Payara, as far as its buffers are concerned. */
class GuardedOutputTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

  /** What wraps a long array. */
  static final class Wrapped {
    private byte @Nullable [] array;

    /** Lets go of the array. */
    public void recycle() {
      array = null;
    }
  }

  /** Grizzly's buffer. */
  static class Buffer {
    private final Wrapped temporaryWriteBuffer = new Wrapped();
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
    public void write(byte[] bytes, int offset, int length) {
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

    @Override
    public void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      ob.grizzlyOutputBuffer.temporaryWriteBuffer.array = bytes;
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
  void anotherServersOutputTakesLongFramesAsWell() throws IOException {
    guarded(new Plain()).write(new byte[100_000]);
    assertThat(sent.size()).isEqualTo(100_000);
  }
}
