package org.rollcall.admission;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.rollcall.concurrent.Budget;

/**
 * One connection's part in the limits of its user and address, from its handshake to the end of its
 * socket.
 *
 * <p>It is given back once, however often and by any part the connection's end is reported. Safe
 * for many threads.
 */
public final class ConnectionPermit {
  private enum State {
    RESERVED,
    EXPIRED,
    TAKEN,
    FREE
  }

  private final IntConsumer count;
  private final Shares shares;
  private final AtomicReference<State> state = new AtomicReference<>(State.RESERVED);
  private volatile Runnable expiry = () -> {};

  /**
   * The budgets that a connection shares with others of its address: users with users, strangers
   * with strangers.
   *
   * @param waiting characters of messages that have not ended or wait for their turn
   * @param brought topics of counts that anonymous clients have brought
   * @param followed topics of counts on which only users were when an anonymous client joined
   */
  public record Shares(Budget waiting, Budget brought, Budget followed) {}

  /**
   * Creates a reserved permit, which is counted already.
   *
   * @param count gets 1 when the connection is counted, and -1 when it is not any more
   * @param shares the budgets of its address
   */
  public ConnectionPermit(IntConsumer count, Shares shares) {
    this.count = count;
    this.shares = shares;
  }

  /** Returns a permit that nobody counts. */
  public static ConnectionPermit uncounted() {
    Budget unlimited = new Budget(Integer.MAX_VALUE);
    return new ConnectionPermit(by -> {}, new Shares(unlimited, unlimited, unlimited));
  }

  /** Returns the budgets that this connection shares with others of its address. */
  public Shares shares() {
    return shares;
  }

  /**
   * Takes the permit for a socket. A handshake that took longer than its reservation is counted
   * again, past any limit: the connection is there.
   */
  public void take() {
    if (!state.compareAndSet(State.RESERVED, State.TAKEN)
        && state.compareAndSet(State.EXPIRED, State.TAKEN)) {
      count.accept(1);
    }
  }

  /** Expires the permit if no socket has taken it yet; else does nothing. */
  public void expire() {
    if (state.compareAndSet(State.RESERVED, State.EXPIRED)) {
      count.accept(-1);
      expiry.run();
    }
  }

  /**
   * Sets the task that ends the TCP connection if no socket takes the permit in time. If the permit
   * has expired already, runs the task now. The task may run twice, on any thread, and must not
   * block.
   */
  public void whenExpired(Runnable task) {
    expiry = task;
    if (state.get() == State.EXPIRED) {
      task.run();
    }
  }

  /** Gives the permit back. */
  public void free() {
    State before = state.getAndSet(State.FREE);
    if (before == State.RESERVED || before == State.TAKEN) {
      count.accept(-1);
    }
  }
}
