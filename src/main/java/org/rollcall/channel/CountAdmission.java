package org.rollcall.channel;

import java.util.Optional;
import org.rollcall.admission.ConnectionPermit;
import org.rollcall.config.BudgetSettings;
import org.rollcall.count.Counts;
import org.rollcall.presence.Topic;

/**
 * Decides which clients may join counts. A new topic costs memory on every node, so a client
 * without a token may add topics only up to a limit of its address and a limit of the node. A topic
 * on which only users are would be such a topic as soon as they leave it. So the clients of an
 * address may follow users to as many topics again.
 *
 * <p>Safe for many threads; no call blocks.
 */
public final class CountAdmission {
  private final Counts counts;
  private final BudgetSettings budgets;
  private final CountTopicBudget brought = new CountTopicBudget();

  /** Creates one without clients. */
  public CountAdmission(Counts counts, BudgetSettings budgets) {
    this.counts = counts;
    this.budgets = budgets;
  }

  /** Whether a client may be on a topic. */
  public sealed interface Verdict {
    /** Returns why it may not: a sentence with the limit and its setting. */
    Optional<String> refusal();
  }

  /**
   * The client may be on the topic.
   *
   * @param leave has to be run once when the client has left the topic
   */
  public record Entered(Runnable leave) implements Verdict {
    @Override
    public Optional<String> refusal() {
      return Optional.empty();
    }
  }

  private record Refused(String detail) implements Verdict {
    @Override
    public Optional<String> refusal() {
      return Optional.of(detail);
    }
  }

  /** Returns the counts. */
  Counts counts() {
    return counts;
  }

  /**
   * Decides whether a client without a user may join a topic, and counts the topic in the budgets.
   *
   * @param permit the client's
   */
  public Verdict enter(ConnectionPermit permit, String topic) {
    return enter(permit.shares(), topic);
  }

  Verdict enter(ConnectionPermit.Shares shares, String topic) {
    boolean known = counts.isWatched(new Topic(topic));
    if (!known && counts.topics() >= budgets.topics()) {
      return new Refused(
          "expected at most %d topics of counts on this node (rollcall.limits.topics)"
              .formatted(budgets.topics()));
    }
    Optional<Runnable> leave = brought.enter(topic, known ? shares.followed() : shares.brought());
    return leave.isPresent() ? new Entered(leave.get()) : new Refused(tooMany(known));
  }

  private String tooMany(boolean known) {
    return known
        ? ("expected at most %d topics that users have brought and your address has joined"
                + " (rollcall.limits.topics.address), and %d of this node (rollcall.limits.topics)")
            .formatted(budgets.topicsOfAddress(), budgets.topics())
        : "expected at most %d topics that your address has brought (rollcall.limits.topics.address)"
            .formatted(budgets.topicsOfAddress());
  }
}
