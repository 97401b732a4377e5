package org.rollcall.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Users join one room until it is full. The room tells each member of each other, so its output
 * grows with the square of its size.
 */
final class Room {
  /** How long a room may take to tell all members. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Members join in so many groups; the last one joins when the room is almost full. */
  private static final int GROUPS = 10;

  private static final String FULL = "room is full";

  private final GeneratorRun run;

  Room(GeneratorRun run) {
    this.run = run;
  }

  void measure() {
    run.warmUp(ScenarioKind.ROOM);
    int size = run.options().members();
    List<RoomMember> small = members(Math.max(1, size / 4), "room:small");
    run.step(ScenarioKind.ROOM, "%,d users join a small room, to warm up".formatted(small.size()));
    run.users().join(small);
    awaitViews(small);
    leave(small);
    run.loop().turnFor(Idle.SETTLED);
    String name = "room of %,d, ".formatted(size);
    List<RoomMember> members = members(size, "room:bench");
    double empty = run.server().liveKb();
    fill(name, members);
    run.figure(name + "diffs of one member, at most", most(members));
    run.figure(name + "live heap per member, KB", (run.server().liveKb() - empty) / size);
    comeAndGo(name, members);
    refuseAnother(size);
    leave(members);
  }

  private List<RoomMember> members(int size, String room) {
    return IntStream.range(0, size).mapToObj(i -> new RoomMember(i, room, run.users())).toList();
  }

  private static int most(List<RoomMember> members) {
    return members.stream().mapToInt(RoomMember::diffs).max().orElse(0);
  }

  /** Lets all join, and measures the joins of the last group. */
  private void fill(String name, List<RoomMember> members) {
    int size = members.size();
    int from = 0;
    long begin = System.nanoTime();
    for (int group = 1; group < GROUPS; group++) {
      int to = (int) ((long) size * group / GROUPS);
      join(members, from, to);
      from = to;
    }
    ServerUsage.Cpu before = run.server().cpu();
    long joined = join(members, from, size);
    long end = System.nanoTime();
    ServerUsage.Cpu used = run.server().cpu().since(before);
    run.figure(name + "CPU ms of each of the last joins", used.millis() / (size - from));
    run.figure(
        name + "CPU ms of each of the last joins without the JIT",
        used.millisWithoutCompilers() / (size - from));
    run.figure(name + "all views are complete after the first join, s", (end - begin) / 1e9);
    run.figure(name + "all views are complete after the last join, s", (end - joined) / 1e9);
  }

  /**
   * Lets some members join, waits until all views are complete, and returns when all had joined.
   */
  private long join(List<RoomMember> members, int from, int to) {
    run.step(
        ScenarioKind.ROOM,
        "%,d to %,d of %,d users join a room".formatted(from + 1, to, members.size()));
    run.users().join(members.subList(from, to));
    long joined = System.nanoTime();
    awaitViews(members.subList(0, to));
    return joined;
  }

  /** Lets one member of the full room go and come back, again and again. */
  private void comeAndGo(String name, List<RoomMember> members) {
    RoomMember one = members.get(members.size() - 1);
    List<RoomMember> others = members.subList(0, members.size() - 1);
    Samples cpu = new Samples();
    Samples told = new Samples();
    for (int i = 1; i <= run.options().rounds(); i++) {
      run.step(
          ScenarioKind.ROOM,
          "one of %,d members goes and comes back, round %d of %d"
              .formatted(members.size(), i, run.options().rounds()));
      ServerUsage.Cpu before = run.server().cpu();
      for (int toggle = 0; toggle < run.options().toggles(); toggle++) {
        one.close();
        awaitSizes(others, others.size());
        run.users().connect(one);
        awaitSizes(others, members.size());
        told.addNanos(System.nanoTime() - one.joining());
        run.users().awaitJoins(() -> true);
        awaitViews(members);
      }
      double millis = run.server().cpu().since(before).millisWithoutCompilers();
      cpu.add(millis / run.options().toggles());
    }
    run.figure(name + "one member's coming and going, CPU ms without the JIT", cpu.median());
    run.figure(name + "from a join to the last member, p50 ms", told.median());
  }

  private void refuseAnother(int size) {
    run.step(ScenarioKind.ROOM, "one user more asks for the full room");
    LateMember late = new LateMember("u" + size, "room:bench", run.users());
    late.connect(run.loop(), run.nodes().get(0));
    boolean answered = run.loop().turnUntil(LIMIT, () -> !late.reason().isEmpty());
    if (!answered || !late.reason().equals(FULL)) {
      throw new BenchFailure(
          "Expected member %,d of a room of %,d to be refused with \"%s\", but the answer was \"%s\""
              .formatted(size + 1, size, FULL, late.reason()));
    }
    late.close();
  }

  /** Waits until all members know how many they are, or ends the run. */
  private void awaitViews(List<RoomMember> members) {
    awaitSizes(members, members.size());
  }

  private void awaitSizes(List<RoomMember> members, int size) {
    if (!run.loop().turnUntil(LIMIT, () -> members.stream().allMatch(m -> m.size() == size))) {
      long wrong = members.stream().filter(member -> member.size() != size).count();
      throw new BenchFailure(
          "%,d of %,d members of a room do not know within %s that they are %,d"
              .formatted(wrong, members.size(), LIMIT, size));
    }
  }

  private void leave(List<RoomMember> members) {
    run.step(ScenarioKind.ROOM, "%,d members leave".formatted(members.size()));
    run.users().leave(members);
  }
}
