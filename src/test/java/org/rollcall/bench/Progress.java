package org.rollcall.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What has been done of a run, and how long the rest takes, as far as that can be known. */
final class Progress {
  /** A server's start and end, with the generator's. */
  private static final Duration START = Duration.ofSeconds(25);

  private record Task(Candidate candidate, ScenarioKind kind) {}

  private final List<Task> tasks;
  private final List<Candidate> candidates;
  private final boolean quick;

  Progress(List<Candidate> candidates, Set<ScenarioKind> kinds, boolean quick) {
    this.candidates = candidates;
    this.quick = quick;
    this.tasks =
        candidates.stream()
            .flatMap(
                candidate ->
                    kinds.stream()
                        .filter(kind -> kind.suits(candidate.subject()))
                        .map(kind -> new Task(candidate, kind)))
            .toList();
  }

  /** Returns a line for a step, and the time that is left after the scenarios before it. */
  String line(Candidate candidate, ScenarioKind kind, String sentence) {
    return "[bench] %s, %s: %s (about %d minutes left)"
        .formatted(
            candidate.title(),
            kind.name().toLowerCase(Locale.ROOT),
            sentence,
            left(candidate, kind).toMinutes() + 1);
  }

  /** Returns how long this scenario and all after it take. */
  Duration left(Candidate candidate, ScenarioKind kind) {
    int index = Math.max(0, tasks.indexOf(new Task(candidate, kind)));
    int starts = candidates.size() - 1 - candidates.indexOf(candidate);
    return tasks.subList(index, tasks.size()).stream()
        .map(task -> task.kind().estimate(quick))
        .reduce(START.multipliedBy(starts), Duration::plus);
  }
}
