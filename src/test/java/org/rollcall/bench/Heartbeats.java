package org.rollcall.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Sends each client's heartbeat every thirty seconds, as phoenix.js does. */
final class Heartbeats implements Runnable {
  private static final long PERIOD = Duration.ofSeconds(30).toNanos();

  private record Due(TopicClient client, long connection, long at) {}

  private final Deque<Due> queue = new ArrayDeque<>();

  /** Takes a client in, which has just joined. */
  void add(TopicClient client) {
    queue.add(new Due(client, client.connecting(), System.nanoTime() + PERIOD));
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    for (Due due = queue.peek(); due != null && due.at() <= now; due = queue.peek()) {
      queue.remove();
      TopicClient client = due.client();
      // A client that has connected again is in the queue a second time.
      if (client.isJoined() && client.connecting() == due.connection()) {
        client.sendHeartbeat();
        add(client);
      }
    }
  }
}
