package org.rollcall.health;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The health of this deployment: of no node before one has started, and after it has stopped.
 *
 * <p>Safe for many threads; no call blocks, also while a node starts or stops.
 */
public final class Health {
  private volatile @Nullable Node node;

  /**
   * What a running node says of itself. Its parts may be asked by any thread, and must not block.
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

  /** Takes a node that has started. */
  public void started(Node running) {
    node = running;
  }

  /** Takes notice that the node has stopped. */
  public void stopped() {
    node = null;
  }

  /** Returns what a supervisor needs: if one of these is down, only a restart helps. */
  List<Check> live() {
    Node running = node;
    return running == null ? List.of() : List.of(running.timer());
  }

  /** Returns what a load balancer needs: if one of these is down, clients do better elsewhere. */
  List<Check> ready() {
    Node running = node;
    return running == null
        ? List.of(new Check("node", false, "not started"))
        : List.of(new Check("node", true, "started"), running.serving(), running.cluster());
  }
}
