package org.rollcall.bench;

import org.rollcall.testing.TestToken;

/** A user who asks to join a room that is full, and has to be refused. */
final class LateMember extends TopicClient {
  private final String user;
  private String reason = "";

  LateMember(String user, String room, Listener listener) {
    super(room, listener);
    this.user = user;
  }

  /** Returns why the room has refused this user; empty until it has. */
  String reason() {
    return reason;
  }

  @Override
  String query() {
    return "&token=" + TestToken.of(user).text();
  }

  @Override
  void refused(String refusal) {
    reason = refusal;
  }

  @Override
  void state(JsonReader payload) {
    throw new BenchFailure(user + " was let into " + topic() + ", which is full");
  }

  @Override
  void diff(JsonReader payload) {
    throw new BenchFailure(user + " was told of " + topic() + ", which is full");
  }
}
