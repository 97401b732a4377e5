package org.rollcall.transport;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The input of a client, measured; it seems to pause for ever once the {@link Line} is cut. */
final class LineInput extends ServletInputStream {
  private final ServletInputStream in;
  private final Line line;
  private final FrameMeter meter;

  LineInput(ServletInputStream in, Line line) {
    this.in = in;
    this.line = line;
    this.meter = new FrameMeter(line::received);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == 1 ? Byte.toUnsignedInt(one[0]) : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (line.isCut()) {
      return 0;
    }
    int count = in.read(bytes, offset, length);
    if (count > 0) {
      meter.read(ByteBuffer.wrap(bytes, offset, count));
    }
    return line.isCut() ? 0 : count;
  }

  @Override
  public int available() throws IOException {
    return line.isCut() ? 0 : in.available();
  }

  @Override
  public boolean isReady() {
    return !line.isCut() && in.isReady();
  }

  @Override
  public boolean isFinished() {
    return in.isFinished();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    in.setReadListener(listener);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
