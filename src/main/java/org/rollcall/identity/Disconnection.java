package org.rollcall.identity;

/**
 * The wish, fired as an event, that all of a user's sockets end.
 *
 * @param userId the user
 */
public record Disconnection(String userId) {}
