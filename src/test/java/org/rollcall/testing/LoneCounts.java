package org.rollcall.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.rollcall.count.CountStore;
import org.rollcall.count.NodeCount;
import org.rollcall.count.OtherNodes;
import org.rollcall.presence.Topic;

/** A store of counts without other nodes, until the test says that there are some. */
public final class LoneCounts implements CountStore {
  private final List<Consumer<Topic>> listeners = new CopyOnWriteArrayList<>();
  private volatile OtherNodes nodes = OtherNodes.NONE;

  /** Has the other nodes count something on a topic, and tells of it. */
  public void others(Topic topic, OtherNodes counted) {
    nodes = counted;
    listeners.forEach(listener -> listener.accept(topic));
  }

  @Override
  public void publish(Topic topic, NodeCount nodeCount) {}

  @Override
  public OtherNodes others(Topic topic) {
    return nodes;
  }

  @Override
  public Set<Topic> topics() {
    return Set.of();
  }

  @Override
  public void listen(Consumer<Topic> changed) {
    listeners.add(changed);
  }
}
