package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A resource that is not for everyone is for administrators. */
class AdminOnlyTest {
  /** Resources that look at the caller themselves, or are for everyone. */
  private static final Set<String> OPEN =
      Set.of(
          "CountsResource",
          "DemoResource",
          "PresenceResource",
          "SessionResource",
          "TokenResource",
          "VisibilityResource");

  @Test
  void everyOtherResourceIsForAdministrators() {
    Set<String> others =
        new ClassFileImporter()
            .importPackages("org.rollcall").stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .filter(type -> !type.isAnnotatedWith(AdminOnly.class))
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    assertThat(others).isEqualTo(OPEN);
  }

  @Test
  void theFilterIsBoundToThem() {
    assertThat(AdminFilter.class.isAnnotationPresent(AdminOnly.class)).isTrue();
  }
}
