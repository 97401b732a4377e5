package org.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which format of the OpenAPI document a client gets. */
class OpenApiFormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                                 | JSON",
        "*/*                                                | JSON",
        "application/json                                   | JSON",
        "Application/YAML                                   | YAML",
        "application/vnd.oai.openapi                        | YAML",
        "application/vnd.oai.openapi+json;version=3.1       | JSON",
        "text/*                                             | YAML",
        "application/*                                      | JSON",
        "application/json;q=0.4, text/yaml;q=0.5            | YAML",
        "application/json;q=0.5, text/yaml;q=0.5            | JSON",
        "*/*, application/json;q=0, application/vnd.oai.openapi+json;q=0 | YAML",
        "*/*;q=0.1, application/yaml;q=0.2                  | YAML",
        "text/html                                          | ",
        "*/*;q=0                                            | ",
        "application/json;q=0                               | "
      })
  void theFormatIsTheOneThatIsLikedBest(String accept, OpenApiFormat expected) {
    assertThat(MediaTypes.ranges(accept).flatMap(OpenApiFormat::accepted).orElse(null))
        .isEqualTo(expected);
  }
}
