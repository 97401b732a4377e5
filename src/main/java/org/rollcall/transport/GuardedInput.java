package org.rollcall.transport;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The input of a client, measured. Once the {@link ConnectionGuard} is cut, it seems to pause for
 * ever: a limited amount of further input is read and thrown away, except the client's close frame.
 */
final class GuardedInput extends ServletInputStream {
  /**
   * How much further input is read: more than a frame of the greatest length, which a client may be
   * sending.
   */
  private static final int MOST_DISCARDED = 1 << 20;

  private final ServletInputStream in;
  private final ConnectionGuard guard;
  private final FrameMeter meter;
  private int discarded;
  private @Nullable DelayedReader reader;

  GuardedInput(ServletInputStream in, ConnectionGuard guard) {
    this.in = in;
    this.guard = guard;
    this.meter = new FrameMeter(guard::received);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == 1 ? Byte.toUnsignedInt(one[0]) : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (guard.isCut()) {
      return 0;
    }
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      meter.read(ByteBuffer.wrap(bytes, offset, count));
    }
    return guard.isCut() ? 0 : count;
  }

  @Override
  public int available() throws IOException {
    return guard.isCut() ? 0 : in.available();
  }

  @Override
  public boolean isReady() {
    if (!guard.isCut()) {
      return in.isReady();
    }
    try {
      discard();
    } catch (IOException gone) {
      // Then nothing more comes.
    }
    return false;
  }

  private void discard() throws IOException {
    byte[] bytes = new byte[4096];
    while (guard.readsOn() && discarded < MOST_DISCARDED && in.isReady()) {
      int count = in.read(bytes, 0, bytes.length);
      if (count < 0) {
        return;
      }
      discarded += count;
      meter.read(ByteBuffer.wrap(bytes, 0, count));
    }
  }

  @Override
  public boolean isFinished() {
    return in.isFinished();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    reader = new DelayedReader(listener);
    in.setReadListener(reader);
  }

  /** Has the container read, because the connection has begun. */
  void begin() throws IOException {
    if (reader != null) {
      reader.begin();
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
