package org.rollcall.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.rollcall.testing.Site;

/** The load generator: a JVM of its own, which puts one server through the chosen scenarios. */
final class Generator {
  private Generator() {}

  /**
   * Runs it. The exit status is 1 if it ended too early; its last line says why.
   *
   * @param arguments the subject's name, the scenarios' names with commas, and the process id of
   *     each node; the ports of nodes follow each other
   */
  public static void main(String[] arguments) {
    Subject subject = Subject.valueOf(arguments[0]);
    List<Long> pids = Arrays.stream(arguments).skip(2).map(Long::valueOf).toList();
    BenchOptions options = BenchOptions.of(System.getProperties());
    GeneratorOutput output = new GeneratorOutput(System.out);
    try {
      GeneratorRun run =
          new GeneratorRun(
              subject,
              options,
              new ServerUsage(pids),
              IntStream.range(0, pids.size())
                  .mapToObj(node -> new Target(new Site(options.port() + node), subject.path()))
                  .toList(),
              output);
      Arrays.stream(arguments[1].split(","))
          .map(ScenarioKind::valueOf)
          .forEach(kind -> kind.measure(run));
    } catch (BenchFailure failure) {
      System.out.println(failure.getMessage());
      System.exit(1);
    } catch (RuntimeException bug) {
      bug.printStackTrace();
      System.out.println("the generator failed: " + bug);
      System.exit(1);
    }
  }
}
