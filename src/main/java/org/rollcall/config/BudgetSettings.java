package org.rollcall.config;

/**
 * The limits of the data that a node keeps for all clients together, and for all clients of one
 * address.
 *
 * @param waiting characters of messages that have not ended or wait for their turn, on the node
 * @param waitingOfAddress the same of one address
 * @param topics topics of counts on the node, from which on only signed-in users bring new ones
 * @param topicsOfAddress topics of counts that the anonymous clients of one address have brought
 */
public record BudgetSettings(int waiting, int waitingOfAddress, int topics, int topicsOfAddress) {
  private static final int MOST = 1_000_000_000;

  /** Reads the limits. A message of the greatest length must fit. */
  static BudgetSettings read(SettingSource settingSource, int longestFrame) {
    return new BudgetSettings(
        settingSource.number("rollcall.limits.waiting", 64_000_000, longestFrame, MOST),
        settingSource.number("rollcall.limits.waiting.address", 4_000_000, longestFrame, MOST),
        settingSource.number("rollcall.limits.topics", 50_000, 1, MOST),
        settingSource.number("rollcall.limits.topics.address", 2000, 1, MOST));
  }
}
