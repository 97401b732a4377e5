package org.rollcall.presence;

import java.time.Instant;

/**
 * One tracked connection, as the store holds it on every node.
 *
 * <p>Only its owner writes it, so two nodes never contend for one. The exception is an entry whose
 * connection was lost: it lingers, and a node on which the user comes back takes it over by a
 * compare-and-set on that very value, as its removal is.
 *
 * @param id what it is filed under
 * @param owner the node that holds the connection
 * @param meta what is known of the connection
 * @param lostAt when the connection was lost, in milliseconds since 1970; 0 while it lives
 */
public record PresenceEntry(Id id, String owner, Meta meta, long lostAt) {
  /**
   * The key of an entry.
   *
   * @param topic the topic
   * @param key who is tracked: on a topic, one key may have many connections
   * @param connection which of that key's connections, unique in the cluster
   */
  public record Id(Topic topic, String key, String connection) {
    /**
     * The same in every JVM, as the store needs it: how a record makes its own is not specified.
     */
    @Override
    public int hashCode() {
      return 31 * (31 * topic.hashCode() + key.hashCode()) + connection.hashCode();
    }

    /** Names nobody, as a topic does not. */
    @Override
    public String toString() {
      return "Id[" + topic + " " + connection + "]";
    }
  }

  /** Returns the entry of a connection that has just begun. */
  static PresenceEntry live(Id id, String owner, Meta meta) {
    return new PresenceEntry(id, owner, meta, 0);
  }

  /** Returns this entry with another meta. */
  PresenceEntry with(Meta changed) {
    return new PresenceEntry(id, owner, changed, lostAt);
  }

  /** Returns this entry, its connection lost. */
  PresenceEntry lost(Instant now) {
    return new PresenceEntry(id, owner, meta, now.toEpochMilli());
  }

  /** Tells whether the connection was lost, so that the entry only lingers. */
  public boolean isLost() {
    return lostAt != 0;
  }
}
