package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who reads the metrics where everyone may. */
interface PublicMetricsContract extends Deployed {
  @Test
  default void everyoneReadsPublicMetricsAlsoThroughAProxy() {
    assertThat(site().get("../metrics", "X-Forwarded-For", "192.0.2.1").body())
        .contains("rollcall_sockets{");
  }
}
