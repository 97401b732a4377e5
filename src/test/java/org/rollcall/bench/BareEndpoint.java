package org.rollcall.bench;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The least that an end point of Jakarta WebSocket can do for the benchmark's clients: it answers
 * each join without looking at anything, and sends one ready text to all others when the hub comes
 * or goes. It checks no token, knows no friends and keeps no order beyond the container's.
 *
 * <p>Deployed alone in a WAR, so that it names no other class of the project.
 */
@ServerEndpoint("/socket/websocket")
public class BareEndpoint {
  private static final String HUB = "\"user:u0\"";
  private static final Set<Session> WATCHERS = ConcurrentHashMap.newKeySet();
  private static final AtomicInteger REF = new AtomicInteger();

  private static final Executor TELLER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "bare-teller");
            thread.setDaemon(true);
            // Tyrus 2.1.5 schedules a task at every send, for which Payara searches the context
            // class loader for service files. A loader without files makes the bound twice as high.
            thread.setContextClassLoader(new ClassLoader(null) {});
            return thread;
          });

  private @Nullable Session session;
  private boolean hub;

  /** Takes a connection. */
  @OnOpen
  public void open(Session opened) {
    session = opened;
  }

  /** Answers a push of version 2. */
  @OnMessage
  public void message(String push) {
    String[] parts = push.substring(1).split(",", 5);
    String topic = parts[2];
    send(
        parts[0]
            + ","
            + parts[1]
            + ","
            + topic
            + ",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}");
    if (parts[3].equals("\"phx_join\"")) {
      send(parts[0] + ",null," + topic + ",\"presence_state\",{}");
      hub = topic.equals(HUB);
      if (hub) {
        tell("{\"joins\":{\"u0\":%s},\"leaves\":{}}", REF.incrementAndGet());
      } else if (session != null) {
        WATCHERS.add(session);
      }
    }
  }

  /** Forgets a connection. */
  @OnClose
  public void close(Session closed) {
    if (hub) {
      hub = false;
      tell("{\"joins\":{},\"leaves\":{\"u0\":%s}}", REF.get());
    } else {
      WATCHERS.remove(closed);
    }
  }

  /** Errors are closes, too. */
  @OnError
  public void fail(Throwable cause) {}

  private void send(String elements) {
    if (session != null) {
      session.getAsyncRemote().sendText("[" + elements + "]", sent -> {});
    }
  }

  private static void tell(String payload, int ref) {
    String meta = "{\"metas\":[{\"online_at\":1700000000,\"phx_ref\":\"F%015d\"}]}".formatted(ref);
    String text =
        "[null,null,\"user_presence:u0\",\"presence_diff\"," + payload.formatted(meta) + "]";
    TELLER.execute(
        () -> {
          for (Session watcher : WATCHERS) {
            try {
              watcher.getAsyncRemote().sendText(text, sent -> {});
            } catch (IllegalStateException closed) {
              // Its close is on its way.
            }
          }
        });
  }
}
