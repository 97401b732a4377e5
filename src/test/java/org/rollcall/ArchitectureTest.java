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
import java.util.Map;
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

  /** What each room may import and touch, besides itself and the JDK. */
  private static final Map<String, List<String>> ROOMS =
      Map.ofEntries(
          Map.entry("protocol", List.of("jakarta.json..")),
          Map.entry("concurrent", List.of()),
          Map.entry("presence", List.of()),
          Map.entry("count", List.of("org.rollcall.presence")),
          Map.entry("config", List.of("org.eclipse.microprofile.config..")),
          Map.entry(
              "identity",
              List.of(
                  "org.rollcall.config",
                  "org.jose4j..",
                  "javax.crypto..",
                  "jakarta.security..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "social",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.presence",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "javax.sql..",
                  "javax.naming..",
                  "jakarta.json..")),
          Map.entry(
              "cluster",
              List.of(
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "org.infinispan..",
                  "io.reactivex.rxjava3..",
                  "org.jgroups..",
                  "javax.crypto..",
                  "javax.sql..")),
          Map.entry(
              "channel",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.protocol",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.json..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "transport",
              List.of(
                  "org.rollcall.channel",
                  "org.rollcall.protocol",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.websocket..",
                  "jakarta.servlet..",
                  "jakarta.inject..")),
          Map.entry(
              "api",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.presence",
                  "org.rollcall.count",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.ws.rs..",
                  "jakarta.servlet..",
                  "jakarta.json..",
                  "jakarta.annotation..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "demo",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.social",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.ws.rs..",
                  "jakarta.json..",
                  "jakarta.servlet..",
                  "jakarta.inject..",
                  "jakarta.enterprise..")),
          Map.entry(
              "login",
              List.of(
                  "org.rollcall.concurrent",
                  "org.rollcall.identity",
                  "org.rollcall.config",
                  "jakarta.servlet..",
                  "jakarta.security..",
                  "jakarta.json..",
                  "jakarta.inject..",
                  "jakarta.interceptor..",
                  "jakarta.annotation..",
                  "jakarta.enterprise..")),
          Map.entry("start", List.of("org.rollcall..", "jakarta..", "javax.management..")));

  static Set<String> rooms() {
    return ROOMS.keySet();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void aRoomTouchesNothingElse(String room) {
    String[] allowed =
        Stream.concat(
                Stream.of("java..", "org.jspecify..", "org.rollcall." + room),
                ROOMS.getOrDefault(room, List.of()).stream())
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("org.rollcall." + room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(ALL);
  }

  @Test
  void everyPackageIsARoomOfTheTable() {
    assertThat(
            ALL.stream()
                .map(type -> type.getPackageName().replaceFirst("org\\.rollcall\\.", ""))
                .collect(Collectors.toSet()))
        .isEqualTo(ROOMS.keySet());
  }

  @Test
  void nobodyImportsTheStart() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rollcall.start")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rollcall.start")
        .check(ALL);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching("org.rollcall.(*)..").should().beFreeOfCycles().check(ALL);
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
