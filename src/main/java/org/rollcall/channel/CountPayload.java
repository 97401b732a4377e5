package org.rollcall.channel;

import org.rollcall.count.Count;
import org.rollcall.count.CountSubscriber;

/**
 * The payloads of a count. Each has numbers, for a reducer that adds and subtracts, and metas, for
 * an unmodified {@code Presence}.
 *
 * <p>A side's {@code phx_ref} names its number ({@code v12}: twelve viewers), so two clients that
 * show the same have the same refs, on every node and after every restart, and a state that repeats
 * what a client shows changes nothing.
 */
final class CountPayload {
  private static final String NOTHING = "{\"count\":0,\"metas\":[]}";

  private CountPayload() {}

  static String state(Count count) {
    return "{\"viewers\":"
        + side(count.viewers(), meta('v', count.viewers(), ""))
        + ",\"users\":"
        + side(count.users(), meta('u', count.users(), ""))
        + "}";
  }

  static String diff(CountSubscriber.Change change) {
    int viewersFrom = change.from().viewers();
    int viewersTo = change.to().viewers();
    int usersFrom = change.from().users();
    int usersTo = change.to().users();
    return "{\"joins\":{\"viewers\":"
        + joined('v', viewersFrom, viewersTo)
        + ",\"users\":"
        + joined('u', usersFrom, usersTo)
        + "},\"leaves\":{\"viewers\":"
        + left('v', viewersFrom, viewersTo)
        + ",\"users\":"
        + left('u', usersFrom, usersTo)
        + "}}";
  }

  private static String joined(char kind, int from, int to) {
    return from == to
        ? NOTHING
        : side(Math.max(0, to - from), meta(kind, to, ",\"phx_ref_prev\":\"" + kind + from + "\""));
  }

  private static String left(char kind, int from, int to) {
    return from == to ? NOTHING : side(Math.max(0, from - to), meta(kind, from, ""));
  }

  private static String side(int count, String meta) {
    return "{\"count\":" + count + ",\"metas\":[" + meta + "]}";
  }

  private static String meta(char kind, int count, String previous) {
    return "{\"phx_ref\":\"" + kind + count + "\"" + previous + ",\"count\":" + count + "}";
  }
}
