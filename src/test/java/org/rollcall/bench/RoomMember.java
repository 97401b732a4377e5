package org.rollcall.bench;

import java.time.Duration;
import java.util.BitSet;
import org.rollcall.testing.TestToken;

/** A user in a room, and who the room's members are as this user was told. */
final class RoomMember extends TopicClient {
  private static final Duration LIFE = Duration.ofHours(12);

  private final int number;
  private final BitSet members = new BitSet();
  private int size;
  private int diffs;

  RoomMember(int number, String room, Listener listener) {
    super(room, listener);
    this.number = number;
  }

  @Override
  int number() {
    return number;
  }

  /** Returns how many users are in the room, this one included. */
  int size() {
    return size;
  }

  /** Returns how many diffs have come since this user first joined. */
  int diffs() {
    return diffs;
  }

  @Override
  String query() {
    return "&token=" + TestToken.of("u" + number).endingIn(LIFE).text();
  }

  @Override
  void state(JsonReader payload) {
    members.clear();
    size = 0;
    users(payload, true);
  }

  @Override
  void diff(JsonReader payload) {
    diffs++;
    payload.members(side -> users(payload, side.equals("joins")));
  }

  private void users(JsonReader users, boolean joins) {
    users.members(
        id -> {
          int user = Integer.parseInt(id.substring(1));
          if (members.get(user) == joins) {
            throw new BenchFailure(
                "%s was told twice that u%d %s %s"
                    .formatted("u" + number, user, joins ? "joins" : "leaves", topic()));
          }
          members.set(user, joins);
          size += joins ? 1 : -1;
          users.skip();
        });
  }
}
