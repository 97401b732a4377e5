package org.rollcall.bench;

import java.time.Duration;

/** What can be measured, in the order in which one server is put through it. */
enum ScenarioKind {
  /** Joins of a server that has just started, and of a warm one. */
  JOINS(60, true, false),

  /** Memory and CPU of users who do nothing. */
  IDLE(130, false, false),

  /** One user whom many watch comes and goes. */
  FANOUT(70, true, true),

  /** Comings and goings at rising rates. */
  CHURN(120, false, false),

  /** Viewers of one count. */
  COUNT(100, false, false),

  /** How cost grows with watchers, friends, users and topics. */
  GROWTH(580, false, false),

  /** Everyone's network fails, and all come back at once. */
  STORM(70, false, false),

  /** A room of many members. */
  ROOM(160, false, false),

  /** Half of what the server sustains, for half an hour. */
  SOAK(1_850, false, false),

  /** How cost grows with the nodes of a cluster. */
  NODES(390, false, false),

  /** The classes that need no server, each alone. */
  PARTS(120, false, false);

  private static final int QUICKER = 4;

  private final Duration estimate;
  private final boolean bare;
  private final boolean loop;

  ScenarioKind(int seconds, boolean bare, boolean loop) {
    this.estimate = Duration.ofSeconds(seconds);
    this.bare = bare;
    this.loop = loop;
  }

  /** Returns how long it takes, roughly, at the sizes of a whole run or of a quick one. */
  Duration estimate(boolean quick) {
    return quick ? estimate.dividedBy(QUICKER) : estimate;
  }

  /** Whether a subject can do it: the bare end point has no presence, and parts are no server. */
  boolean suits(Subject subject) {
    return switch (subject) {
      case ROLLCALL, BASELINE -> this != PARTS;
      case BARE -> bare;
      case LOOP -> loop;
      case PARTS -> this == PARTS;
    };
  }

  /** Whether it starts clusters of its own, and needs no other server. */
  boolean startsClusters() {
    return this == NODES;
  }

  /** Returns the most clients that are connected at a time, where they cannot be fewer. */
  int connections(BenchOptions options) {
    return switch (this) {
      case JOINS, IDLE, CHURN, SOAK -> options.users();
      case FANOUT -> options.watchers().stream().mapToInt(Integer::intValue).max().orElse(0);
      case COUNT -> options.viewers();
      case ROOM -> options.members();
      case NODES -> NodeGrowth.HEAP_TIMES * options.nodeUsers();
      case GROWTH, STORM, PARTS -> 0;
    };
  }

  void measure(GeneratorRun run) {
    switch (this) {
      case JOINS -> new Joins(run).measure();
      case IDLE -> new Idle(run).measure();
      case FANOUT -> new FanOut(run).measure();
      case CHURN -> new Churn(run).measure();
      case COUNT -> new Counting(run).measure();
      case GROWTH -> new Growth(run).measure();
      case STORM -> new Storm(run).measure();
      case SOAK -> new Soak(run).measure();
      case ROOM -> new Room(run).measure();
      case NODES -> new NodeGrowth(run).measure();
      case PARTS -> new Parts(run).measure();
    }
  }
}
