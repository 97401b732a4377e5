package org.rollcall.protocol;

/** The event names that Rollcall receives and sends. */
public final class Events {
  /** In, on topic {@link #PHOENIX}: the client is alive, and checks that the server is. */
  public static final String HEARTBEAT = "heartbeat";

  /** In: joins a topic. */
  public static final String JOIN = "phx_join";

  /** In: leaves a topic. */
  public static final String LEAVE = "phx_leave";

  /** In, on a joined topic: replaces the part of the meta that the client gave. */
  public static final String UPDATE = "update";

  /** In, on the user's own channel: sets to whom the user is visible. */
  public static final String VISIBILITY = "visibility";

  /** Out: answers a message, by its ref. */
  public static final String REPLY = "phx_reply";

  /** Out: a channel ended on purpose; the client does not join again. */
  public static final String CLOSE = "phx_close";

  /** Out: a channel failed; the client joins again after a second. */
  public static final String ERROR = "phx_error";

  /** Out: everything the channel shows; the client re-bases on it. */
  public static final String PRESENCE_STATE = "presence_state";

  /** Out: what joined and left since. */
  public static final String PRESENCE_DIFF = "presence_diff";

  /** The topic of heartbeats and of answers that belong to no channel. */
  public static final String PHOENIX = "phoenix";

  private Events() {}
}
