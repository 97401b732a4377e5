package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.rollcall.testing.ApplicationArchives;

/**
 * An EAR with Rollcall's classes in {@code lib}. Payara Micro 6 takes none: "not valid type of
 * deployment archive".
 */
@Tag("long")
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
final class ApplicationEarIT extends OnServer implements ApplicationContract {
  @Deployment(testable = false)
  static EnterpriseArchive ear() {
    return ApplicationArchives.ear();
  }

  /** A library has no component, and so no {@code java:comp}. */
  @Override
  public String context() {
    return "classes";
  }

  /** WildFly looks for annotations of servlets and end points in the WAR only. */
  @Test
  void everyEdgeIsRegistered() {
    for (String path : List.of("../health/ready", "../openapi", "../widget.js", "../")) {
      assertThat(site().get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(site().get("../metrics").statusCode()).isNotEqualTo(404);
    assertThat(site().get("../socket/longpoll").body()).contains("\"status\"");
  }
}
