package org.rollcall.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.rollcall.concurrent.Poller;

/**
 * Logs the address of the demo once its page answers, so that it is the last line on the screen.
 */
public final class Announcement {
  private static final Logger LOG = System.getLogger("org.rollcall");
  private static final int TRIES = 240;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final URI address;

  private Announcement(URI address) {
    this.address = address;
  }

  /** Starts to ask for the page, on a thread of its own and for a minute or more. */
  public static Poller of(URI address) {
    return Poller.start("rollcall-demo", PAUSE, TRIES, new Announcement(address)::announce);
  }

  private boolean announce() {
    boolean answers = answers();
    if (answers) {
      LOG.log(Level.INFO, "The demo is ready. Open {0} in a browser; Ctrl-C ends it.", address);
    }
    return answers;
  }

  private boolean answers() {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout((int) PAUSE.toMillis());
      connection.setReadTimeout((int) PAUSE.toMillis() * 4);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException notYet) {
      return false;
    }
  }
}
