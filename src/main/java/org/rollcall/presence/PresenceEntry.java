package org.rollcall.presence;

import java.time.Instant;

/**
 * One tracked connection, as the store holds it on every node.
 *
 * <p>Only its owner writes it, so two nodes never contend for one. The exception is an entry whose
 * connection was lost: it lingers. A node on which the user comes back takes it over by a
 * compare-and-set on its value; the removal of the entry is such a compare-and-set too, so only one
 * of the two happens.
 *
 * @param id its key in the store
 * @param owner the node that holds the connection
 * @param meta what is known of the connection
 * @param lostAt when the connection was lost, in milliseconds since 1970; 0 if it was not
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
     * The same in every JVM, as the store requires. It is not specified how a record makes its
     * hash.
     */
    @Override
    public int hashCode() {
      return 31 * (31 * topic.hashCode() + key.hashCode()) + connection.hashCode();
    }

    /** Contains no user's id, like the text of a topic. */
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

  /** Returns whether the connection was lost, so that the entry only lingers. */
  public boolean isLost() {
    return lostAt != 0;
  }
}
