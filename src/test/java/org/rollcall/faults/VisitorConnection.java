package org.rollcall.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One connection of a visitor, or the attempt at one. A few threads serve thousands. */
final class VisitorConnection {
  /** Stands for a connection that did not come about. */
  static final int REFUSED = 0;

  private static final int BROKEN = 1006;
  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(
          4,
          task -> {
            Thread thread = new Thread(task, "visitors");
            thread.setDaemon(true);
            return thread;
          });
  private static final HttpClient HTTP = HttpClient.newBuilder().executor(THREADS).build();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Ends ends;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable WebSocket socket;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

  /** The visitor on the connection. */
  interface Ends {
    void opened(VisitorConnection visitorConnection);

    void text(VisitorConnection visitorConnection, String text);

    /** Called once when the connection has ended, with a close code or {@link #REFUSED}. */
    void closed(VisitorConnection visitorConnection, int code);
  }

  VisitorConnection(Ends ends) {
    this.ends = ends;
  }

  /** Connects, and reports the result to both ends. */
  void dial(URI address) {
    CompletableFuture<?> unused =
        HTTP.newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(address, new Listener())
            .whenComplete(
                (opened, failure) -> {
                  if (failure != null) {
                    over(REFUSED);
                  }
                });
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public void onOpen(WebSocket opened) {
      synchronized (VisitorConnection.this) {
        socket = opened;
      }
      ends.opened(VisitorConnection.this);
      opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        ends.text(VisitorConnection.this, parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      over(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      over(BROKEN);
    }
  }

  private void over(int code) {
    if (over.compareAndSet(false, true)) {
      ends.closed(this, code);
    }
  }

  /** Sends a text after all earlier ones. */
  synchronized void send(String text) {
    WebSocket open = socket;
    if (open != null) {
      sent = sent.handle((any, failed) -> 0).thenCompose(zero -> open.sendText(text, true));
    }
  }

  /** Closes with 1000, after all texts were sent. The ends get no more calls. */
  synchronized void close() {
    over.set(true);
    WebSocket open = socket;
    if (open != null) {
      sent =
          sent.handle((any, failed) -> 0)
              .thenCompose(zero -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }
  }

  /** Cuts the connection without a close frame. */
  void cut() {
    synchronized (this) {
      if (socket != null) {
        socket.abort();
      }
    }
    // The visitor's lock is never taken within the line's.
    over(BROKEN);
  }
}
