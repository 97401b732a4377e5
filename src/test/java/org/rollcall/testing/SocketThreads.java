package org.rollcall.testing;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The daemon threads of a test's server, which end with their sockets. Safe for many threads. */
final class SocketThreads {
  private final CountDownLatch ending = new CountDownLatch(1);

  /** Work on a socket. */
  interface Work {
    /** Runs until the socket is closed, on either side. */
    void run() throws IOException;
  }

  /** Starts work on a thread of its own. */
  static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // Closed, here or there.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits, unless the server has ended or ends meanwhile: then the answer is true. */
  boolean pause(long millis) {
    try {
      return ending.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Ends all pauses. */
  void end() {
    ending.countDown();
  }
}
