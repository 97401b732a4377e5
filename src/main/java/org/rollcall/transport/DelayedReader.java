package org.rollcall.transport;

import jakarta.servlet.ReadListener;
import java.io.IOException;

/**
 * Reads a connection for the container, once the connection has begun.
 *
 * <p>Payara 6 reads what came in one packet with the handshake while the connection begins, on the
 * same thread; there Tyrus 2.1 waits for the connection to have begun, for ever. Such input waits
 * here instead.
 *
 * <p>Called by one thread of the container at a time, but for {@link #begin}, which may come
 * together with the first input; no call blocks.
 */
final class DelayedReader implements ReadListener {
  private final ReadListener reader;
  private boolean begun;
  private boolean some;
  private boolean all;

  DelayedReader(ReadListener reader) {
    this.reader = reader;
  }

  /** Reads the input that has come, and from now on each input when it comes. */
  void begin() throws IOException {
    boolean read;
    boolean end;
    synchronized (this) {
      begun = true;
      read = some;
      end = all;
    }
    if (read) {
      reader.onDataAvailable();
    }
    if (end) {
      reader.onAllDataRead();
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    synchronized (this) {
      some = true;
      if (!begun) {
        return;
      }
    }
    reader.onDataAvailable();
  }

  @Override
  public void onAllDataRead() throws IOException {
    synchronized (this) {
      all = true;
      if (!begun) {
        return;
      }
    }
    reader.onAllDataRead();
  }

  @Override
  public void onError(Throwable failure) {
    reader.onError(failure);
  }
}
