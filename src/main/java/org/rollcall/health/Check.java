package org.rollcall.health;

/**
 * One check of a node's health.
 *
 * @param name what is checked
 * @param up whether it is as it should be
 * @param state how it is, in a word or some
 */
public record Check(String name, boolean up, String state) {}
