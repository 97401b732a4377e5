package org.rollcall.cdi;

import org.rollcall.config.ChannelSettings;
import org.rollcall.count.Counts;
import org.rollcall.presence.Tracker;

/**
 * The parts of a node that serves, as the Java API needs them.
 *
 * @param tracker knows who is online
 * @param counts knows how many are on a topic
 * @param tracked holds what the application tracks
 * @param channels says which topics are rooms and counts, and how long a meta may be
 */
public record ServingNode(
    Tracker tracker, Counts counts, TrackedPresences tracked, ChannelSettings channels) {}
