package org.rollcall.bench;

import org.rollcall.testing.Site;

/** The load generator: a JVM of its own, which puts one server through the chosen scenarios. */
final class Generator {
  private Generator() {}

  /**
   * Runs it. The exit status is 1 if it ended too early; its last line says why.
   *
   * @param arguments the subject's name and the server's process id
   */
  public static void main(String[] arguments) {
    Subject subject = Subject.valueOf(arguments[0]);
    BenchOptions options = BenchOptions.of(System.getProperties());
    GeneratorOutput output = new GeneratorOutput(System.out);
    try {
      GeneratorRun run =
          new GeneratorRun(
              subject,
              options,
              new ServerUsage(Long.parseLong(arguments[1])),
              new Target(new Site(options.port()), subject.path()),
              output);
      options.scenarios().stream()
          .filter(kind -> kind.suits(subject))
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
