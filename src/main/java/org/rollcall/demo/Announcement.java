package org.rollcall.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Says where the demo is once its page answers, so that the address is the last thing on the
 * screen.
 *
 * <p>Runs on a thread of its own and gives up after a minute.
 */
public final class Announcement implements Runnable {
  private static final Logger LOG = System.getLogger("org.rollcall");
  private static final int TRIES = 240;
  private static final int PAUSE_MILLIS = 250;

  private final URI address;

  /** Creates an announcement of this address. */
  public Announcement(URI address) {
    this.address = address;
  }

  @Override
  public void run() {
    try {
      for (int i = 0; i < TRIES; i++) {
        Thread.sleep(PAUSE_MILLIS);
        if (answers()) {
          LOG.log(Level.INFO, "The demo is ready. Open {0} in a browser; Ctrl-C ends it.", address);
          return;
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean answers() {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(PAUSE_MILLIS);
      connection.setReadTimeout(PAUSE_MILLIS * 4);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }
}
