package org.rollcall.transport;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * The output to a client, which counts pongs, and keeps no long frame. Each write has one frame, as
 * Tyrus writes them.
 */
final class GuardedOutput extends ServletOutputStream {
  private static final byte PONG = (byte) 0x8a;

  /** The size of the buffer to which Grizzly copies shorter frames. */
  private static final int BUFFER = 8192;

  private final ServletOutputStream out;
  private final ConnectionGuard guard;

  GuardedOutput(ServletOutputStream out, ConnectionGuard guard) {
    this.out = out;
    this.guard = guard;
  }

  @Override
  public void write(int one) throws IOException {
    out.write(one);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > BUFFER) {
      GrizzlyOutput.write(out, bytes, offset, length);
    } else {
      out.write(bytes, offset, length);
    }
    if (length > 0 && bytes[offset] == PONG) {
      guard.pongs().left();
    }
  }

  @Override
  public boolean isReady() {
    return out.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    out.setWriteListener(listener);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
