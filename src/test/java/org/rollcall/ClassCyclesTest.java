package org.rollcall;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How many classes one has to read together: those that depend on each other, in both directions.
 */
class ClassCyclesTest {
  private static final int LARGEST = 7;
  private static final double LARGEST_ROOM = 0.11;

  /** The classes of main, by their outermost names, and the names that each depends on. */
  private static final Map<String, Set<String>> CLASSES =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("org.rollcall")
              .stream()
              .filter(type -> !type.getSimpleName().equals("package-info"))
              .collect(
                  Collectors.toMap(
                      ClassCyclesTest::name,
                      ClassCyclesTest::dependencies,
                      (one, other) -> {
                        one.addAll(other);
                        return one;
                      }));

  private static String name(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  private static Set<String> dependencies(JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .map(Dependency::getTargetClass)
        .map(ClassCyclesTest::name)
        .filter(name -> name.startsWith("org.rollcall.") && !name.equals(name(type)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> reachable(String from) {
    Set<String> reached = new TreeSet<>();
    Deque<String> left = new ArrayDeque<>(Set.of(from));
    while (!left.isEmpty()) {
      CLASSES.getOrDefault(left.remove(), Set.of()).stream()
          .filter(reached::add)
          .forEach(left::add);
    }
    return reached;
  }

  @Test
  void noMoreThanSevenClassesDependOnEachOther() {
    Map<String, Set<String>> reachable = new HashMap<>();
    CLASSES.keySet().forEach(name -> reachable.put(name, reachable(name)));
    for (String name : CLASSES.keySet()) {
      Set<String> cycle = new TreeSet<>(reachable.getOrDefault(name, Set.of()));
      cycle.removeIf(other -> !reachable.getOrDefault(other, Set.of()).contains(name));
      assertThat(cycle).as("the cycle of %s", name).hasSizeLessThanOrEqualTo(LARGEST);
    }
  }

  @Test
  void noRoomIsLargerThanAboutATenthOfMain() {
    Map<String, Long> rooms =
        CLASSES.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    name -> name.substring(0, name.lastIndexOf('.')), Collectors.counting()));
    assertThat(rooms.values())
        .as("%s", rooms)
        .allMatch(classes -> classes <= LARGEST_ROOM * CLASSES.size());
  }
}
