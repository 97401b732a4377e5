package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rollcall.protocol.CloseCode;
import org.rollcall.testing.Await;

/** A session to which frames are sent while it closes. */
@Timeout(20)
class WebSocketTransportTest {
  private static final int CLOSE = 8;

  private final List<String> done = new CopyOnWriteArrayList<>();
  private final ConnectionGuard guard =
      new ConnectionGuard(100, new SendsUnderWay(Duration.ofSeconds(20)));
  private Runnable duringSend = () -> {};
  private final WebSocketTransport transport = new WebSocketTransport(session(), guard);

  /** The ways in which a close frame comes to be sent. */
  enum End {
    THE_CLIENT_SAYS_GOOD_BYE,
    THE_CONTAINER_CLOSES,
    ROLLCALL_CLOSES
  }

  private void end(End end) {
    switch (end) {
      case THE_CLIENT_SAYS_GOOD_BYE -> guard.received(CLOSE, 2, true);
      case THE_CONTAINER_CLOSES -> guard.closed();
      case ROLLCALL_CLOSES -> transport.close(CloseCode.IDLE);
    }
    done.add("ended");
  }

  private Session session() {
    RemoteEndpoint.Async remote =
        proxy(
            RemoteEndpoint.Async.class,
            (any, method, arguments) -> {
              duringSend.run();
              done.add(method.getName());
              if (arguments[arguments.length - 1] instanceof SendHandler handler) {
                handler.onResult(new SendResult());
              }
              return null;
            });
    return proxy(
        Session.class,
        (any, method, arguments) -> method.getName().equals("getAsyncRemote") ? remote : null);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void send() {
    transport.send("text", ok -> done.add(ok ? "sent" : "not sent"));
  }

  @ParameterizedTest
  @EnumSource
  void noFrameIsSentAfterTheEnd(End end) {
    send();
    transport.ping();
    end(end);
    send();
    transport.ping();
    assertThat(done).containsExactly("sendText", "sent", "sendPing", "ended", "not sent");
  }

  @ParameterizedTest
  @EnumSource
  void theEndWaitsForTheSendThatIsUnderWay(End end) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    duringSend =
        () -> {
          begun.countDown();
          await(goesOn);
        };
    Thread sender = new Thread(this::send);
    sender.start();
    await(begun);
    Thread closer = new Thread(() -> end(end));
    closer.start();
    Await.until("the end waits", () -> closer.getState() == Thread.State.TIMED_WAITING);
    assertThat(done).isEmpty();
    goesOn.countDown();
    sender.join();
    closer.join();
    assertThat(done).containsExactly("sendText", "sent", "ended");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A container may find out during a send that the connection is over. */
  @Test
  void aSendThatEndsItsConnectionDoesNotWaitForItself() {
    SendsUnderWay sends = new SendsUnderWay(Duration.ofHours(1));
    assertThat(sends.begin()).isTrue();
    sends.stop();
    assertThat(sends.begin()).isFalse();
    sends.done();
  }
}
