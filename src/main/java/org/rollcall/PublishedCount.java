package org.rollcall;

/**
 * How many connections are on a topic, as everyone may know it.
 *
 * @param topic the topic of the count
 * @param viewers connections without a user
 * @param users connections with a user
 */
public record PublishedCount(String topic, int viewers, int users) {
  /** Returns both together. */
  public int total() {
    return viewers + users;
  }
}
