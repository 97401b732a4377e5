package org.rollcall;

/**
 * A count has changed: a CDI event, observed with {@code void changed(@ObservesAsync CountChanged
 * event)}.
 *
 * <p>It is fired on each node of the cluster, for every count of the cluster, at most once per
 * topic in {@code rollcall.counts.interval}. The events of a topic come one after another in their
 * order, and the last one is always the newest count. It has the published number, as {@link
 * PublishedCounts} does. A node that starts fires one for each count that is not zero by then.
 *
 * <p>Observers are called on a thread of Rollcall's own, one at a time.
 *
 * @param count the topic and its numbers
 */
public record CountChanged(PublishedCount count) {}
