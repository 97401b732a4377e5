package org.rollcall.presence;

/**
 * One tracked connection, as the store holds it on every node.
 *
 * <p>Only its owner writes it, so two nodes never contend for one.
 *
 * @param id what it is filed under
 * @param owner the node that holds the connection
 * @param meta what is known of the connection
 */
public record Entry(Id id, String owner, Meta meta) {
  /**
   * What an entry is filed under.
   *
   * @param topic the topic
   * @param key who is tracked: on a topic, one key may have many connections
   * @param connection which of that key's connections, unique in the cluster
   */
  public record Id(Topic topic, String key, String connection) {}

  /** Returns this entry with another meta. */
  public Entry with(Meta changed) {
    return new Entry(id, owner, changed);
  }
}
