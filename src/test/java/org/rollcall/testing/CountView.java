package org.rollcall.testing;

import jakarta.json.JsonObject;

/**
 * The total that a page shows for a count: twice, once as a reducer adds it up and once as a {@code
 * Presence} replaces metas.
 */
public final class CountView {
  private final Side viewers = new Side("viewers");
  private final Side users = new Side("users");
  private int diffs;

  private static final class Side {
    private final String name;
    private int sum;
    private int last;

    Side(String name) {
      this.name = name;
    }

    void state(JsonObject payload) {
      sum = payload.getJsonObject(name).getInt("count");
      last = Frame.meta(payload, name).getInt("count");
    }

    void diff(JsonObject joins, JsonObject leaves) {
      sum += joins.getJsonObject(name).getInt("count");
      sum -= leaves.getJsonObject(name).getInt("count");
      if (!Frame.metas(joins, name).isEmpty()) {
        if (Frame.meta(leaves, name).getInt("count") != last) {
          throw new AssertionError("Expected to leave " + last + ", but got " + leaves);
        }
        last = Frame.meta(joins, name).getInt("count");
      }
      if (sum != last) {
        throw new AssertionError("Expected one number of " + name + ": " + sum + ", " + last);
      }
    }
  }

  /** Takes a frame of the count's channel. */
  public void apply(Frame frame) {
    switch (frame.event()) {
      case "presence_state" -> {
        viewers.state(frame.payload());
        users.state(frame.payload());
      }
      case "presence_diff" -> {
        viewers.diff(frame.joins(), frame.leaves());
        users.diff(frame.joins(), frame.leaves());
        diffs++;
      }
      default -> throw new AssertionError("Expected a state or a diff, but got " + frame);
    }
  }

  /** Returns how many viewers are shown. */
  public int viewers() {
    return viewers.sum;
  }

  /** Returns how many users are shown. */
  public int users() {
    return users.sum;
  }

  /** Returns how many diffs have come. */
  public int diffs() {
    return diffs;
  }
}
