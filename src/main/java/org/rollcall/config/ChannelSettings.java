package org.rollcall.config;

import java.time.Duration;
import java.util.List;

/**
 * The kinds of channels, and the limits of a connection.
 *
 * @param rooms the rooms
 * @param counts the topics of counts
 * @param counting how counts are sent and rounded
 * @param connection how a connection is looked after
 * @param limits what one connection may ask for
 */
public record ChannelSettings(
    Rooms rooms,
    List<TopicPattern> counts,
    Counting counting,
    Connection connection,
    LimitSettings limits) {

  /**
   * The rooms.
   *
   * @param topics their topics
   * @param timeout how long the application may take to decide who joins one
   * @param limit how many connections may be in one room
   */
  public record Rooms(List<TopicPattern> topics, Duration timeout, int limit) {}

  /**
   * How often counts are sent, and how they are rounded.
   *
   * @param interval the least time between two diffs
   * @param floor the least number that is not shown as zero
   * @param round every number is shown as a multiple of it
   * @param period how long a number is shown at least, if there is a floor or rounding
   */
  public record Counting(Duration interval, int floor, int round, Duration period) {
    /** Returns whether numbers are shown as they are. */
    public boolean isExact() {
      return step() <= 1;
    }

    /** Returns the least number that is shown, and the distance between two. */
    public int step() {
      return Math.max(floor, round);
    }
  }

  /**
   * When a connection counts as idle or slow.
   *
   * @param idle how long nothing, not even a heartbeat, may come from a client
   * @param outboxFrames how many frames may wait for a client before its backlog is dropped
   * @param outboxTimeout how long one frame may take to leave before the client counts as slow
   * @param ownScheduler whether Tyrus gets a scheduler of Rollcall's, on servers that have Tyrus
   */
  public record Connection(
      Duration idle, int outboxFrames, Duration outboxTimeout, boolean ownScheduler) {}

  /** The name of the limit of a room, which the refusal of a join names. */
  public static final String ROOM_LIMIT = "rollcall.rooms.limit";

  /** Clients give up a join after ten seconds. */
  private static final Duration LONGEST_DECISION = Duration.ofSeconds(9);

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  static ChannelSettings read(SettingSource settingSource) {
    List<TopicPattern> rooms = patterns(settingSource, "rollcall.channels.rooms", "room:*");
    List<TopicPattern> counts = patterns(settingSource, "rollcall.channels.counts", "count:*");
    settingSource.check(() -> requireNoRooms(counts, rooms));
    return new ChannelSettings(
        new Rooms(
            rooms,
            settingSource.duration(
                "rollcall.channels.rooms.timeout",
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                LONGEST_DECISION),
            settingSource.number(ROOM_LIMIT, 10_000, 1, 1_000_000)),
        counts,
        new Counting(
            settingSource.duration("rollcall.counts.interval", SECOND, Duration.ofMillis(10), HOUR),
            settingSource.number("rollcall.counts.floor", 0, 0, 1_000_000),
            settingSource.number("rollcall.counts.round", 1, 1, 1_000_000),
            settingSource.duration(
                "rollcall.counts.period", Duration.ofMinutes(1), SECOND, Duration.ofDays(1))),
        new Connection(
            settingSource.duration("rollcall.idle", Duration.ofSeconds(60), SECOND, HOUR),
            settingSource.number("rollcall.outbox.frames", 1024, 16, 1_000_000),
            settingSource.duration("rollcall.outbox.timeout", Duration.ofSeconds(10), SECOND, HOUR),
            settingSource.flag("rollcall.tyrus.scheduler", true)),
        LimitSettings.read(settingSource));
  }

  private static List<TopicPattern> patterns(
      SettingSource settingSource, String name, String otherwise) {
    return settingSource.part(
        List.of(),
        () ->
            settingSource.list(name, otherwise).stream()
                .map(text -> TopicPattern.parse(name, text))
                .toList());
  }

  private static void requireNoRooms(List<TopicPattern> counts, List<TopicPattern> rooms) {
    for (TopicPattern count : counts) {
      if (rooms.stream().anyMatch(count::overlaps)) {
        throw new WrongSetting(
            "rollcall.channels.counts", "topics that are no rooms (" + rooms + ")", "" + count);
      }
    }
  }

  /** Returns whether a topic is a room. */
  public boolean isRoom(String topic) {
    return rooms.topics().stream().anyMatch(pattern -> pattern.matches(topic));
  }

  /** Returns whether a topic is a count. */
  public boolean isCount(String topic) {
    return counts.stream().anyMatch(pattern -> pattern.matches(topic));
  }
}
