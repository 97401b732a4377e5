package org.rollcall.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.rollcall.testing.TestToken;

/**
 * A user with friends, whose token names them, and what this user was told of them.
 *
 * <p>User 7 has the id {@code u7}.
 */
final class SimulatedUser extends TopicClient {
  /** What a user is told of a friend. */
  interface Watch {
    void changed(SimulatedUser watcher, int friend, boolean online);
  }

  private static final Duration LIFE = Duration.ofHours(12);

  private final int number;
  private final int[] friends;
  private final Watch watch;
  private final OnlineFriends online = new OnlineFriends();

  SimulatedUser(int number, int[] friends, Watch watch, Listener listener) {
    super("user:u" + number, listener);
    this.number = number;
    this.friends = friends;
    this.watch = watch;
  }

  @Override
  int number() {
    return number;
  }

  int[] friends() {
    return friends;
  }

  OnlineFriends online() {
    return online;
  }

  @Override
  String query() {
    String names =
        Arrays.stream(friends)
            .mapToObj(friend -> "\"u" + friend + "\"")
            .collect(Collectors.joining(","));
    long end = Instant.now().plus(LIFE).getEpochSecond();
    return "&token="
        + TestToken.signed(
            "{\"sub\":\"u" + number + "\",\"exp\":" + end + ",\"friends\":[" + names + "]}");
  }

  @Override
  void state(JsonReader payload) {
    online.clear();
    presences(payload, true);
  }

  @Override
  void diff(JsonReader payload) {
    payload.members(side -> presences(payload, side.equals("joins")));
  }

  private void presences(JsonReader users, boolean joins) {
    users.members(
        id -> {
          int user = Integer.parseInt(id.substring(1));
          users.members(
              name -> {
                if (name.equals("metas")) {
                  users.elements(() -> meta(user, ref(users), joins));
                } else {
                  users.skip();
                }
              });
        });
  }

  private static String ref(JsonReader meta) {
    String[] ref = {""};
    meta.members(
        name -> {
          if (name.equals("phx_ref")) {
            ref[0] = meta.text();
          } else {
            meta.skip();
          }
        });
    return ref[0];
  }

  private void meta(int user, String ref, boolean joins) {
    boolean changed = joins ? online.join(user, ref) : online.leave(user, ref);
    if (changed) {
      watch.changed(this, user, joins);
    }
  }
}
