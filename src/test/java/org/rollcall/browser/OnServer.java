package org.rollcall.browser;

import java.net.URL;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Rollcall that Arquillian has deployed on the server of this build, for a browser to visit. */
@ExtendWith(ArquillianExtension.class)
abstract class OnServer {
  @ArquillianResource private @Nullable URL url;

  /** Returns the WAR at the port that the server says it is at; the host it says may be a name. */
  public final Rollcall rollcall() {
    if (url == null) {
      throw new IllegalStateException("Arquillian has deployed nothing");
    }
    return new Rollcall(url.getPort());
  }
}
