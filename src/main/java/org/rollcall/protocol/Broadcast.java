package org.rollcall.protocol;

/**
 * An event for all subscribers of a topic, with the same text for all of them.
 *
 * @param topic the topic
 * @param event the event
 * @param payload JSON text
 */
public record Broadcast(String topic, String event, String payload) implements Frame.Outgoing {}
