package org.rollcall.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.cluster.MemberTable;
import org.rollcall.cluster.Membership;

/** A cluster of which the test says who is up and who leaves, and when a change is reported. */
public final class ManualMembership implements Membership {
  private final MemberTable table = new MemberTable();
  private final Map<String, Instant> deadlines = new ConcurrentHashMap<>();
  private final String self;
  private volatile List<String> up;
  private volatile Set<String> leaving = Set.of();
  private @Nullable Runnable changed;
  private @Nullable Runnable met;

  /** Creates a cluster of some nodes, the first of which is this one. */
  public ManualMembership(String self, String... others) {
    this.self = self;
    this.up = Stream.concat(Stream.of(self), Stream.of(others)).toList();
  }

  /** Sets the nodes that are up. The table knows of it once the test says so. */
  public void setUp(String... nodes) {
    up = List.of(nodes);
  }

  /** Sets the nodes that have announced that they leave. */
  public void setLeaving(String... nodes) {
    leaving = Set.of(nodes);
  }

  /** Reports a change of the view. */
  public void change() {
    Objects.requireNonNull(changed).run();
  }

  /** Reports that nodes have met. */
  public void meet() {
    Objects.requireNonNull(met).run();
  }

  /** Returns the deadlines that nodes write for each other; the test may change them. */
  public Map<String, Instant> deadlines() {
    return deadlines;
  }

  @Override
  public MemberTable table() {
    return table;
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public List<String> up() {
    return up;
  }

  @Override
  public boolean isLeaving(String node) {
    return leaving.contains(node);
  }

  @Override
  public boolean hasCrashed(String node) {
    return !isUp(node) && !isLeaving(node);
  }

  @Override
  public void listen(Runnable listener) {
    assertThat(changed).as("the one listener").isNull();
    changed = listener;
  }

  @Override
  public void whenMet(Runnable listener) {
    met = listener;
  }

  @Override
  public Optional<Instant> deadline(String node) {
    return Optional.ofNullable(deadlines.get(node));
  }

  @Override
  public void agree(String node, Instant end, Instant now) {
    deadlines.put(node, end);
  }
}
