package org.rollcall.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A small Phoenix client, strict about order: a test takes every frame, one after the other.
 *
 * <p>The refs of joins begin at 11 and those of messages at 1, so that nobody couples them.
 */
public final class PhoenixClient implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final AtomicInteger nextJoin = new AtomicInteger(11);
  private final AtomicInteger nextRef = new AtomicInteger(1);
  private final WebSocket webSocket;

  private PhoenixClient(String address) {
    this.webSocket =
        HTTP.newWebSocketBuilder()
            .connectTimeout(Await.LIMIT)
            .buildAsync(URI.create(address), new Listener())
            .join();
  }

  static PhoenixClient connect(String address) {
    return new PhoenixClient(address);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        texts.add(parts.toString());
        parts.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(1006);
    }
  }

  /**
   * A channel that the server has let this client join.
   *
   * @param topic its topic
   * @param joinRef the ref of its join
   */
  public record Joined(String topic, String joinRef) {}

  /** Asks to join, and takes no reply. */
  public Joined askToJoin(String topic, String payload) {
    String joinRef = String.valueOf(nextJoin.getAndIncrement());
    send(joinRef, nextRef(), topic, "phx_join", payload);
    return new Joined(topic, joinRef);
  }

  /** Joins with a payload, and takes the reply, which must be ok and empty. */
  public Joined join(String topic, String payload) {
    Joined channel = askToJoin(topic, payload);
    Frame reply = next(topic, "phx_reply");
    if (!reply.status().equals("ok") || !reply.response().isEmpty()) {
      throw new AssertionError("Expected to join " + topic + ", but got " + reply);
    }
    if (!channel.joinRef().equals(reply.joinRef())) {
      throw new AssertionError("Expected joinRef " + channel.joinRef() + ", but got " + reply);
    }
    return channel;
  }

  /** Joins, and takes the reply, which must be ok. */
  public Joined join(String topic) {
    return join(topic, "{}");
  }

  /** Tries to join, and returns the reply, which must be an error. */
  public Frame refused(String topic, String payload) {
    Joined wanted = askToJoin(topic, payload);
    Frame reply = next(wanted.topic(), "phx_reply");
    if (!reply.status().equals("error")) {
      throw new AssertionError("Expected to be refused, but got " + reply);
    }
    return reply;
  }

  /** Sends an event on a channel and returns its ref. */
  public String push(Joined channel, String event, String payload) {
    String ref = nextRef();
    send(channel.joinRef(), ref, channel.topic(), event, payload);
    return ref;
  }

  /** Sends a heartbeat and takes its reply, which must be the next frame. */
  public void heartbeat() {
    String ref = beat();
    Frame reply = next("phoenix", "phx_reply");
    if (!ref.equals(reply.ref()) || !reply.status().equals("ok")) {
      throw new AssertionError("Expected the reply to heartbeat " + ref + ", but got " + reply);
    }
  }

  /** Sends a heartbeat and takes all frames up to its reply. */
  public void heartbeatAmongOthers() {
    String ref = beat();
    Frame frame = next();
    while (!frame.topic().equals("phoenix") || !ref.equals(frame.ref())) {
      frame = next();
    }
  }

  private String beat() {
    String ref = nextRef();
    sendText("[null,\"" + ref + "\",\"phoenix\",\"heartbeat\",{}]");
    return ref;
  }

  private void send(String joinRef, String ref, String topic, String event, String payload) {
    sendText("[\"%s\",\"%s\",\"%s\",\"%s\",%s]".formatted(joinRef, ref, topic, event, payload));
  }

  private String nextRef() {
    return String.valueOf(nextRef.getAndIncrement());
  }

  /** Sends any text. */
  public void sendText(String text) {
    webSocket.sendText(text, true).join();
  }

  /** Sends any bytes. */
  public void sendBinary(byte[] bytes) {
    webSocket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** Takes the next frame, which must be of this topic and event. */
  public Frame next(String topic, String event) {
    Frame frame = next();
    if (!frame.topic().equals(topic) || !frame.event().equals(event)) {
      throw new AssertionError("Expected " + event + " on " + topic + ", but got " + frame);
    }
    return frame;
  }

  /** Takes the next frame. */
  public Frame next() {
    return Frame.of(nextText());
  }

  /** Takes the next frame as it came. */
  public String nextText() {
    String text = poll(Await.LIMIT);
    if (text == null) {
      throw new AssertionError(
          "Expected a frame within " + Await.LIMIT + ", closed: " + closed.getNow(0));
    }
    return text;
  }

  /** Takes the next frame, if one comes in time. */
  public Optional<Frame> nextWithin(Duration limit) {
    return Optional.ofNullable(poll(limit)).map(Frame::of);
  }

  private @Nullable String poll(Duration limit) {
    try {
      return texts.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the server to close the connection, and returns its code. */
  public int closeCode() {
    return closed.orTimeout(Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /** Cuts the connection without a word. */
  public void cut() {
    webSocket.abort();
  }

  @Override
  public void close() {
    disconnect();
  }

  /** Says good-bye, with code 1000. */
  public void disconnect() {
    if (!webSocket.isOutputClosed()) {
      webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(gone -> webSocket).join();
    }
  }
}
