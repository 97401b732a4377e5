package org.rollcall.socket;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.CloseCode;

/** The container's side of one connection. */
public interface Transport {
  /** How frames travel. */
  enum Kind {
    /** Over a WebSocket. */
    WEBSOCKET,
    /** In the answers to requests that wait. */
    LONGPOLL
  }

  /** Returns how frames travel, which only meters ask. */
  default Kind kind() {
    return Kind.WEBSOCKET;
  }

  /** Returns how many texts may be on their way at a time. */
  default int mostInFlight() {
    return 1;
  }

  /**
   * Returns the thread on which a send costs least, because it writes the connection's bytes
   * itself, or null if all threads are alike.
   */
  default @Nullable Executor thread() {
    return null;
  }

  /**
   * Sends a text without waiting for it to leave. Called by one thread at a time, and never while
   * {@link #mostInFlight} others wait for their {@code done}. Texts leave in the order of the
   * calls.
   *
   * @param done is called once, by any thread, also from within this call: true when the container
   *     took the text off our hands, false when the connection is lost
   */
  void send(String text, Done done);

  /**
   * Sends a ping, which the client answers by a pong. Does not wait. Called by any thread, also
   * while a text is on its way, and never twice without a pong between or a close after.
   */
  void ping();

  /** Closes the connection, by force if the client does not read. Does not wait. */
  void close(CloseCode code);

  /** Ends the TCP connection some seconds after its socket. Does not wait. */
  default void abort() {
    // Nothing is left of a connection within a process.
  }

  /**
   * Sets the action that runs once when the TCP connection is over, on any thread, also within this
   * call. It must not block. It never runs if the container does not report the end.
   */
  default void whenOver(Runnable then) {
    // A connection within a process has no TCP.
  }

  /** Called when a text has left. */
  @FunctionalInterface
  interface Done {
    /** Reports whether the text was sent. */
    void sent(boolean ok);
  }
}
