package org.rollcall;

import jakarta.json.JsonObject;

/**
 * The hold on one presence, from {@link Presence#track} to {@link #close}.
 *
 * <p>The application must close it. A presence that it forgets, even one that is garbage, keeps its
 * user present until the node ends. When the node drains, is suspended or stops, Rollcall closes
 * it; others see the user for the grace then, as after a lost connection, so that the application
 * can track the user on another node with no gap.
 *
 * <p>Safe for many threads. {@link #update} and {@link #close} wait for the other nodes as {@link
 * Presence#track} does.
 */
public interface TrackedPresence extends AutoCloseable {
  /** Returns the topic as it was given. */
  String topic();

  /** Returns the key as it was given. */
  String key();

  /**
   * Returns the entry's {@code phx_ref}, by which clients know it. An update with another meta
   * changes it, and so does a rule that hides the user or shows the user again. Empty for a count,
   * and for a user who may not be here.
   */
  String ref();

  /** Returns whether it is held: neither the application nor Rollcall has closed it. */
  boolean isOpen();

  /**
   * Replaces the meta. The same meta changes nothing.
   *
   * @return the {@link #ref} from now on
   * @throws IllegalArgumentException if the meta breaks a limit; the one before stays
   * @throws PresenceUnavailable if Rollcall has closed it
   * @throws IllegalStateException if the application has closed it
   */
  String update(JsonObject meta);

  /** Ends the presence at once, without a grace. Closing twice is harmless. */
  @Override
  void close();
}
