package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.PlainRequest;
import org.rollcall.testing.RawConnection.Answer;

/** Which addresses the API has, and which methods they take (RFC 9110, sections 9 and 10.2.1). */
interface HttpMethodContract extends Deployed {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH  | counts/count:hr5        | GET, HEAD, OPTIONS",
        "DELETE | counts/count:hr5        | GET, HEAD, OPTIONS",
        "PUT    | counts                  | GET, HEAD, POST, OPTIONS",
        "POST   | presence/7              | GET, HEAD, OPTIONS",
        "POST   | presence                | GET, HEAD, OPTIONS",
        "PATCH  | users/7/friends         | GET, HEAD, PUT, OPTIONS",
        "GET    | users/7/friends/8       | PUT, DELETE, OPTIONS",
        "GET    | friends/refresh         | POST, OPTIONS",
        "GET    | users/7/sockets         | DELETE, OPTIONS",
        "GET    | users/7/block           | POST, OPTIONS",
        "GET    | users/7/unblock         | POST, OPTIONS",
        "POST   | users/7/blocks          | GET, HEAD, OPTIONS",
        "GET    | users/7/blocks/8        | PUT, DELETE, OPTIONS",
        "GET    | token                   | POST, OPTIONS",
        "POST   | session                 | GET, HEAD, OPTIONS",
        "POST   | cluster                 | GET, HEAD, OPTIONS",
        "PUT    | visibility              | GET, HEAD, OPTIONS",
      })
  default void anAddressSaysWhichMethodsItTakes(String other, String path, String allow) {
    Answer refused = PlainRequest.send(site(), other, path);
    HttpContract.assertProblem(refused, 405);
    assertThat(refused.header("Allow")).containsExactly(allow);
    Answer asked = PlainRequest.send(site(), "OPTIONS", path);
    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("Allow")).containsExactly(allow);
    assertThat(asked.header("Content-Type")).isEmpty();
    assertThat(asked.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "counts/count:hr6/nothing",
        "users",
        "users/7",
        "friends",
        "presence/7/8",
        "application.wadl",
        "application.wadl/xsd0.xsd"
      })
  default void anUnknownAddressIsAProblemForEveryMethod(String path) {
    for (String method : new String[] {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
      HttpContract.assertProblem(PlainRequest.send(site(), method, path), 404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOO", "get", "PROPFIND"})
  default void anUnknownMethodIsAProblem(String method) {
    HttpContract.assertProblem(PlainRequest.send(site(), method, "counts/count:hr7"), 501);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users/7/friends",
        "users/7/blocks",
        "cluster",
        "presence/7",
        "presence?user=7",
        "session",
        "visibility",
        "token",
        "nothing"
      })
  default void noCacheKeepsAnAnswerButThatOfCounts(String path) {
    Answer answer = PlainRequest.asAdmin(site(), "GET", path, "");
    assertThat(answer.header("Cache-Control")).containsExactly("no-store");
  }
}
