package org.rollcall.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Phoenix client that connects, joins one topic and reads what comes.
 *
 * <p>Diffs that come before the state are applied after it, as phoenix.js does.
 */
abstract class TopicClient implements WebSocketClient.Listener {
  /** What the generator wants to know of all clients. */
  interface Listener {
    /** The join was answered and the state has come. */
    void joined(TopicClient client);

    /** A heartbeat was answered. */
    default void answered(TopicClient client, long nanos) {}

    /** The connection has ended though nobody asked for it. */
    default void lost(TopicClient client, String reason) {
      throw new BenchFailure(client.topic() + " lost its connection: " + reason);
    }
  }

  private final String topic;
  private final Listener listener;
  private final List<JsonReader> early = new ArrayList<>();
  private @Nullable WebSocketClient connection;
  private int ref;
  private boolean replied;
  private boolean stated;
  private long heartbeat;
  private long connecting;
  private long joining;
  private long joined;

  TopicClient(String topic, Listener listener) {
    this.topic = topic;
    this.listener = listener;
  }

  String topic() {
    return topic;
  }

  /** Returns the number by which clients are spread over the nodes of a cluster. */
  int number() {
    return 0;
  }

  boolean isJoined() {
    return replied && stated && connection != null && connection.isOpen();
  }

  /** Returns how long it took from the first packet to the state. */
  long nanosToConnect() {
    return joined - connecting;
  }

  /** Returns how long it took from the join to the state. */
  long nanosToJoin() {
    return joined - joining;
  }

  /** Whether it has begun to connect and has not joined yet. */
  boolean isWaiting() {
    return joined < connecting;
  }

  /** Whether it is connected and has asked to join. */
  boolean isJoining() {
    return joining > connecting;
  }

  /** Returns when it asked to join. */
  long joining() {
    return joining;
  }

  /** Returns when it began to connect. */
  long connecting() {
    return connecting;
  }

  /** Connects, joins, and forgets what an earlier connection was told. */
  void connect(EventLoop loop, Target target) {
    replied = false;
    stated = false;
    early.clear();
    ref = 0;
    heartbeat = 0;
    connecting = System.nanoTime();
    try {
      connection = new WebSocketClient(loop, target, query(), this);
    } catch (IOException e) {
      throw new BenchFailure("The generator cannot connect " + topic + ": " + e.getMessage(), e);
    }
  }

  /** Says goodbye. */
  void close() {
    if (connection != null) {
      connection.close();
    }
  }

  /** Fails as a network does. */
  void cut() {
    if (connection != null) {
      connection.cut();
    }
  }

  /** Sends a heartbeat, unless the last one has no answer yet, or the client connects again. */
  void sendHeartbeat() {
    if (heartbeat == 0 && connection != null && connection.isOpen()) {
      heartbeat = System.nanoTime();
      push("null", "phoenix", "heartbeat");
    }
  }

  @Override
  public void opened() {
    joining = System.nanoTime();
    push("\"1\"", topic, "phx_join");
  }

  private void push(String joinRef, String to, String event) {
    ref++;
    if (connection != null) {
      connection.send("[" + joinRef + ",\"" + ref + "\",\"" + to + "\",\"" + event + "\",{}]");
    }
  }

  @Override
  public void text(byte[] bytes, int from) {
    JsonReader message = new JsonReader(bytes, from).take('[');
    message.skip();
    String answered = message.take(',').text();
    message.take(',').skip();
    String event = message.take(',').text();
    message.take(',');
    switch (event) {
      case "phx_reply" -> reply(answered, message);
      case "presence_state" -> {
        state(message);
        stated = true;
        early.forEach(this::diff);
        early.clear();
        welcome();
      }
      case "presence_diff" -> {
        if (stated) {
          diff(message);
        } else {
          early.add(message.copy());
        }
      }
      default -> throw new BenchFailure(topic + " got the event " + event);
    }
  }

  private void reply(String answered, JsonReader payload) {
    Reply reply = Reply.read(payload);
    if (!reply.isOk()) {
      refused(reply.reason());
    } else if (answered.equals("1")) {
      replied = true;
      welcome();
    } else {
      listener.answered(this, System.nanoTime() - heartbeat);
      heartbeat = 0;
    }
  }

  private void welcome() {
    if (replied && stated && isWaiting()) {
      joined = System.nanoTime();
      listener.joined(this);
    }
  }

  @Override
  public void lost(String reason) {
    listener.lost(this, reason);
  }

  /** Takes an answer that is an error, which ends the run. */
  void refused(String reason) {
    throw new BenchFailure(topic + " was refused: " + reason);
  }

  /** Returns what the address says beyond the version. */
  abstract String query();

  /** Takes the payload of a state, which replaces what was known. */
  abstract void state(JsonReader payload);

  /** Takes the payload of a diff. */
  abstract void diff(JsonReader payload);
}
