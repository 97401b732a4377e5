package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.PhoenixClient;

/** Counts as pictures. */
interface BadgeContract extends Deployed {
  @Test
  default void aBadgeShowsTheCountAndIsCached() {
    try (PhoenixClient viewer = site().connect()) {
      viewer.join("count:bd1");
      viewer.next("count:bd1", "presence_state");
      String address = "counts/count:bd1/badge.svg?label=%3Cb%3Eviewers&show=viewers";
      HttpResponse<String> badge = site().get(address);
      assertThat(badge.statusCode()).isEqualTo(200);
      assertThat(badge.headers().firstValue("Content-Type").orElse("")).startsWith("image/svg+xml");
      assertThat(badge.headers().firstValue("Cache-Control")).hasValue("max-age=1");
      assertThat(badge.headers().firstValue("Cross-Origin-Resource-Policy"))
          .hasValue("cross-origin");
      assertThat(badge.body()).startsWith("<svg ").contains("aria-label=\"&lt;b&gt;viewers: 1\"");
      String tag = badge.headers().firstValue("ETag").orElseThrow();
      assertThat(site().get(address, "If-None-Match", tag).statusCode()).isEqualTo(304);
      assertThat(site().get("counts/count:bd1/badge.svg?show=users").body()).contains("online: 0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "counts/room:bd2/badge.svg, 404",
    "counts/count:bd2/badge.png, 404",
    "counts/count:bd2/badge.svg?style=round, 400",
    "counts/count:bd2/badge.svg?show=all, 400",
    "counts/count:bd2/badge.svg?color=url(x), 400",
    "counts/count:bd2/badge.svg?label=a%0Ab, 400"
  })
  default void aWrongBadgeIsAProblem(String path, int status) {
    HttpResponse<String> answer = site().get(path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }
}
