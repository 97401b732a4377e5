package org.rollcall.health;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of this deployment, also before its node has started and after it has stopped.
 *
 * <p>Safe for many threads; no call blocks, also while a node starts or stops.
 */
public final class Health {
  private volatile @Nullable Node node;

  /**
   * The health of a running node. Any thread may call its parts, and they must not block.
   *
   * @param stage whether it takes clients in
   * @param connected whether it is connected to the network of its cluster; true if it is alone
   * @param quorum whether it has lost most of the others
   * @param pulse whether its timer runs
   */
  public record Node(Supplier<Stage> stage, BooleanSupplier connected, Quorum quorum, Pulse pulse) {
    private Check serving() {
      Stage now = stage.get();
      return new Check("clients", now == Stage.SERVING, now.word());
    }

    private Check cluster() {
      if (!connected.getAsBoolean()) {
        return new Check("cluster", false, "not connected");
      }
      return quorum.isLost()
          ? new Check("cluster", false, "cut off from most nodes")
          : new Check("cluster", true, "connected");
    }

    private Check timer() {
      return pulse.isFelt()
          ? new Check("timer", true, "running")
          : new Check("timer", false, "stopped");
    }
  }

  /** Reports the health of a node that has started. */
  public void started(Node running) {
    node = running;
  }

  /** Notes that the node has stopped. */
  public void stopped() {
    node = null;
  }

  /** Returns the checks for a supervisor: if one of them is down, only a restart helps. */
  List<Check> live() {
    Node running = node;
    return running == null ? List.of() : List.of(running.timer());
  }

  /**
   * Returns the checks for a load balancer: if one of them is down, clients should go to other
   * nodes.
   */
  List<Check> ready() {
    Node running = node;
    return running == null
        ? List.of(new Check("node", false, "not started"))
        : List.of(new Check("node", true, "started"), running.serving(), running.cluster());
  }
}
