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

  /** Half of Grizzly's buffer: shorter frames may be kept. */
  private static final int LONG = 4096;

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
    out.write(bytes, offset, length);
    if (length > 0 && bytes[offset] == PONG) {
      guard.pongs().left();
    }
    if (length >= LONG) {
      GrizzlyOutput.release(out);
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
