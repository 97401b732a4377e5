package org.rollcall.socket;

import org.rollcall.protocol.MalformedFrame;
import org.rollcall.protocol.Message;

/**
 * A message as it came. It is decoded only when its turn has come, because it takes many times the
 * space then.
 *
 * @param size its characters or bytes
 * @param decoder decodes it, as often as it is asked to
 */
record ReceivedMessage(int size, Decoder decoder) {
  /** Decodes one message. */
  interface Decoder {
    Message decode() throws MalformedFrame;
  }
}
