package org.rollcall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.infinispan.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the architecture page, and who may import and touch what. */
class ArchitectureTest {
  private static final int LONGEST_FILE = 250;
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.rollcall");

  static Set<String> rooms() {
    return Rooms.TABLE.keySet();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomTouchesNothingElse(String room) {
    String[] allowed =
        Stream.concat(
                Stream.of("java..", "org.jspecify..", "org.rollcall", folder(room)),
                Rooms.TABLE.getOrDefault(room, List.of()).stream())
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(folder(room))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(ALL);
  }

  private static String folder(String room) {
    return room.isEmpty() ? "org.rollcall" : "org.rollcall." + room;
  }

  @Test
  void everyPackageIsARoomOfTheTable() {
    assertThat(
            ALL.stream()
                .map(type -> type.getPackageName().replaceFirst("org\\.rollcall\\.?", ""))
                .collect(Collectors.toSet()))
        .isEqualTo(Rooms.TABLE.keySet());
  }

  @Test
  void nobodyImportsTheNode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rollcall.node")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rollcall.node")
        .check(ALL);
  }

  /** The order of filters with annotations differs from server to server; web.xml declares it. */
  @Test
  void noFilterHasAnAnnotation() {
    noClasses().should().beAnnotatedWith("jakarta.servlet.annotation.WebFilter").check(ALL);
  }

  @Test
  void nobodyImportsTheAdapterButTheNode() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.rollcall.infinispan..", "org.rollcall.node")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rollcall.infinispan..")
        .check(ALL);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching("org.rollcall.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void namesAreNounsOfTheDomain() {
    noClasses()
        .should()
        .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Dto|Processor|Base|Abstract)")
        .check(ALL);
  }

  /** Infinispan takes a key's place from its hash, so that has to be the same in every JVM. */
  @Test
  void keysOfCachesMakeTheirHashOfTexts() {
    Set<JavaClass> keys =
        ALL.stream()
            .flatMap(type -> type.getFields().stream())
            .map(JavaField::getType)
            .filter(type -> type.toErasure().isEquivalentTo(Cache.class))
            .map(type -> ((JavaParameterizedType) type).getActualTypeArguments().get(0))
            .map(JavaType::toErasure)
            .collect(Collectors.toSet());
    assertThat(keys).hasSizeGreaterThan(1).allMatch(ArchitectureTest::hashesTexts);
  }

  /** The hash that a compiler gives to a record calls nothing that can be seen. */
  private static boolean hashesTexts(JavaClass type) {
    if (type.isEquivalentTo(String.class)) {
      return true;
    }
    List<JavaMethodCall> hashes =
        type
            .tryGetMethod("hashCode")
            .map(JavaMethod::getMethodCallsFromSelf)
            .orElse(Set.of())
            .stream()
            .filter(call -> call.getName().startsWith("hash"))
            .toList();
    return !hashes.isEmpty()
        && hashes.stream().map(JavaMethodCall::getTargetOwner).allMatch(part -> hashesTexts(part));
  }

  @Test
  void noFileIsLongerThanTheLimit() throws IOException {
    for (Path source : sources()) {
      assertThat(Files.readAllLines(source)).as("%s", source).hasSizeLessThan(LONGEST_FILE + 1);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files.filter(file -> file.toString().matches(".*\\.(java|js|mjs|css|html)")).toList();
    }
  }
}
