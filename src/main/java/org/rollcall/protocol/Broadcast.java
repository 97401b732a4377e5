package org.rollcall.protocol;

/**
 * An event for everyone who is told of a topic; the same text for all of them.
 *
 * @param topic the topic
 * @param event the event
 * @param payload JSON text
 */
public record Broadcast(String topic, String event, String payload) implements Frame.Outgoing {}
