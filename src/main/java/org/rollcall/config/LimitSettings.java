package org.rollcall.config;

import java.time.Duration;

/**
 * The limits of one connection.
 *
 * @param rates how often
 * @param channels how many channels at a time (CVE-2026-56811)
 * @param lengths how long what it sends may be
 * @param refusal how long a join that is refused waits for its answer
 * @param budgets what all clients together may have a node keep
 */
public record LimitSettings(
    Rates rates, int channels, Lengths lengths, Duration refusal, BudgetSettings budgets) {
  /** The name of the setting of {@link Rates#joins}; answers to clients repeat these names. */
  public static final String JOINS = "rollcall.limits.joins";

  /** The name of the setting of {@link Rates#events}. */
  public static final String EVENTS = "rollcall.limits.events";

  /** The name of the setting of {@link Rates#visibility}. */
  public static final String VISIBILITY = "rollcall.limits.visibility";

  /** The name of the setting of {@link Rates#requests}. */
  public static final String REQUESTS = "rollcall.limits.requests";

  private static final int MOST_A_SECOND = 1_000_000;

  /**
   * As UTF-8 such a frame fits into the buffer that {@code web.xml} allows Tyrus. No message needs
   * more: a meta is the longest part of a message.
   */
  private static final int LONGEST_FRAME = 65_536;

  /** The most bytes that a character (a UTF-16 unit) takes as UTF-8. */
  private static final int CHARACTER = 3;

  /** Clients give up a join after ten seconds. */
  private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(9);

  /**
   * How often a client may send messages and requests.
   *
   * @param joins how many joins a second
   * @param events how many other events a second, heartbeats and leaves aside
   * @param visibility how many changes of visibility a second, of one user on all connections
   * @param requests how many requests a second of one user to the API that wait for friends
   * @param updates the least time between two updates of a user's metas that are sent on a topic
   */
  public record Rates(int joins, int events, int visibility, int requests, Duration updates) {}

  /**
   * How long messages and their parts may be.
   *
   * @param frame characters of a text message, bytes of a binary one
   * @param anonymousFrame the same of a client without a token
   * @param topic characters of a topic
   * @param metaKeys members of the meta that a client gives
   * @param metaBytes bytes of the meta that a client gives, as UTF-8
   */
  public record Lengths(int frame, int anonymousFrame, int topic, int metaKeys, int metaBytes) {
    /** Returns how long a message may be of somebody who is signed in, or is not. */
    public int frame(boolean signedIn) {
      return signedIn ? frame : Math.min(frame, anonymousFrame);
    }

    /**
     * Returns how long the topics of one connection may be together, with the refs by which they
     * were joined: of a stranger, as long as a message.
     */
    public int names(boolean signedIn) {
      return signedIn ? Integer.MAX_VALUE : frame(false);
    }

    /** Returns how many bytes the longest message of such a client may have. */
    public int frameBytes(boolean signedIn) {
      return CHARACTER * frame(signedIn);
    }
  }

  static LimitSettings read(SettingSource settingSource) {
    Lengths lengths = lengths(settingSource);
    return new LimitSettings(
        new Rates(
            settingSource.number(JOINS, 50, 1, MOST_A_SECOND),
            settingSource.number(EVENTS, 100, 1, MOST_A_SECOND),
            settingSource.number(VISIBILITY, 1, 1, MOST_A_SECOND),
            settingSource.number(REQUESTS, 10, 1, MOST_A_SECOND),
            settingSource.duration(
                "rollcall.limits.updates",
                Duration.ofMillis(100),
                Duration.ZERO,
                Duration.ofSeconds(10))),
        settingSource.number("rollcall.limits.channels", 100, 1, 10_000),
        lengths,
        settingSource.duration(
            "rollcall.refusal.join", Duration.ofSeconds(3), Duration.ZERO, LONGEST_REFUSAL),
        BudgetSettings.read(settingSource, lengths.frame()));
  }

  private static Lengths lengths(SettingSource settingSource) {
    return new Lengths(
        settingSource.number("rollcall.limits.frame", 65_536, 1024, LONGEST_FRAME),
        settingSource.number("rollcall.limits.frame.anonymous", 8192, 1024, LONGEST_FRAME),
        settingSource.number("rollcall.limits.topic", 200, 16, 4096),
        settingSource.number("rollcall.limits.meta.keys", 10, 1, 1000),
        settingSource.number("rollcall.limits.meta.bytes", 2048, 16, 65_536));
  }
}
