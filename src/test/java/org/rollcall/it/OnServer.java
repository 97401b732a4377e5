package org.rollcall.it;

import java.net.URL;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rollcall.testing.Site;

/** A Rollcall that Arquillian has deployed on the server of this build. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
abstract class OnServer implements Deployed {
  @ArquillianResource private @Nullable URL url;

  @Override
  public Site site() {
    if (url == null) {
      throw new IllegalStateException("Arquillian has deployed nothing");
    }
    return new Site(url.getPort());
  }
}
