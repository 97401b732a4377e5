package org.rollcall.testing;

import java.io.Closeable;

/** One client of a node, by any transport. */
public interface Peer extends Closeable {
  /** Sends a text message. */
  void send(String text);

  /** Sends a binary message. */
  void send(byte[] bytes);

  /** Returns the next text from the server; fails the test if none comes in time. */
  String next();

  /** Closes the connection with 1000. */
  @Override
  void close();
}
