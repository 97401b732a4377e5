package org.rollcall.socket;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;

/**
 * A transport whose frames are counted.
 *
 * @param transport carries them
 * @param traffic counts them
 */
record MeteredTransport(Transport transport, Traffic traffic) implements Transport {
  private static final char ONE_BYTE = 0x7f;
  private static final char TWO_BYTES = 0x7ff;

  @Override
  public void send(String text, Done done) {
    traffic.sent(transport.kind(), size(text));
    transport.send(text, done);
  }

  /** Returns how many bytes a text has as UTF-8; a frame is a few hundred characters. */
  static int size(String text) {
    int length = text.length();
    int size = length;
    for (int i = 0; i < length; i++) {
      char character = text.charAt(i);
      if (character > ONE_BYTE) {
        // The two halves of a surrogate pair have four bytes together.
        size += character > TWO_BYTES && !Character.isSurrogate(character) ? 2 : 1;
      }
    }
    return size;
  }

  @Override
  public int mostInFlight() {
    return transport.mostInFlight();
  }

  @Override
  public @Nullable Executor thread() {
    return transport.thread();
  }

  @Override
  public Kind kind() {
    return transport.kind();
  }

  @Override
  public void ping() {
    transport.ping();
  }

  @Override
  public void close(CloseCode code) {
    transport.close(code);
  }

  @Override
  public void abort() {
    transport.abort();
  }

  @Override
  public void whenOver(Runnable then) {
    transport.whenOver(then);
  }
}
