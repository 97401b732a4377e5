package org.rollcall;

/**
 * How many are on the topics of counts, for other beans: {@code @Inject PublishedCounts counts}.
 *
 * <p>The numbers are the numbers of the HTTP API. The settings {@code rollcall.counts.floor} and
 * {@code rollcall.counts.round} round them; a bean cannot read the exact numbers then.
 *
 * <p>Safe for many threads; no call waits.
 */
public interface PublishedCounts {
  /**
   * Returns a topic's count; zeros if nobody is there.
   *
   * @param topic such as {@code count:42}
   * @throws IllegalArgumentException if no count has this topic (setting {@code
   *     rollcall.channels.counts})
   * @throws PresenceUnavailable if Rollcall does not serve on this node
   */
  PublishedCount count(String topic);
}
