package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.PlainRequest;
import org.rollcall.testing.RawConnection.Answer;
import org.rollcall.testing.TestToken;

/** Who reads the metrics where administrators may. */
interface AdminMetricsContract extends Deployed {
  private Answer metrics(String... headers) {
    return PlainRequest.to(site(), "GET", "metrics", "", List.of(headers));
  }

  private static String bearer(TestToken token) {
    return "Authorization: Bearer " + token.text();
  }

  @Test
  default void administratorsReadTheMetricsAndNobodyElse() {
    Answer nobody = metrics();
    HttpContract.assertProblem(nobody, 401);
    assertThat(nobody.header("WWW-Authenticate")).containsExactly("Bearer");
    HttpContract.assertProblem(metrics("Authorization: Bearer wrong"), 401);
    HttpContract.assertProblem(metrics("Authorization: Basic YTpi"), 401);
    HttpContract.assertProblem(metrics(bearer(TestToken.of("mr-user"))), 403);
    Answer admin = metrics(bearer(TestToken.of("mr-admin").in(TestToken.ADMIN)));
    assertThat(admin.status()).isEqualTo(200);
    assertThat(admin.body()).contains("rollcall_sockets{").doesNotContain("mr-user", "mr-admin");
  }
}
