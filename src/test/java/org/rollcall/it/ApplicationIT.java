package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.ApplicationArchives;

/** An application's WAR that has all of Rollcall's and beans of its own, as Maven overlays it. */
@Tag("long")
final class ApplicationIT extends OnServer implements ApplicationContract {
  @Deployment(testable = false)
  static WebArchive war() {
    return ApplicationArchives.overlay();
  }

  @Override
  public String context() {
    return "names";
  }

  @Test
  void theRestOfRollcallIsThere() {
    assertThat(site().get("../widget.js").statusCode()).isEqualTo(200);
  }
}
