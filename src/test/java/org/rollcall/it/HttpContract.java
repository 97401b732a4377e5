package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.PlainRequest;
import org.rollcall.testing.RawConnection.Answer;
import org.rollcall.testing.ServerLog;

/** HTTP of the API (RFC 9110), the same on each server. */
interface HttpContract extends Deployed {
  /** Asserts that an answer is a problem, with the headers of every answer. */
  static void assertProblem(Answer answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).containsExactly("application/problem+json");
    assertThat(answer.body()).contains("\"status\":" + status).doesNotContain("xception");
    assertThat(answer.header("Cache-Control")).containsExactly("no-store");
    assertThat(answer.header("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "Content-Type: a/b;q=zz                     | 400",
        "Content-Type: nonsense                     | 400",
        "Content-Type: /                            | 400",
        "Content-Type: */*                          | 400",
        "Content-Type: a/b, c/d                     | 400",
        "Content-Type: application/json; charset=\"u | 400",
        "Content-Type: application/json; charset=   | 400",
        "Content-Type: application/json; =          | 400",
        "Content-Type: application/json;charset=zz  | 200",
        "Content-Type: application/json;            | 200",
        "Content-Type:                              | 200",
        "Accept: nonsense                           | 400",
        "Accept: a/b;q=zz                           | 400",
        "Accept: a/b;q=                             | 400",
        "Accept: a/b;q=-1                           | 400",
        "Accept: application/json;q=1.5             | 400",
        "Accept: */json                             | 400",
        "Accept: application/json text/html         | 400",
        "Accept: text/html                          | 406",
        "Accept: text/html, application/xml;q=0.9   | 406",
        "Accept: application/json;charset=zz        | 200",
        "Accept: application/json;a=\"b,c\"          | 200",
        "Accept: application/*;q=0.5, text/html     | 200",
        "Accept: application/json;q=0.33333333      | 200",
        "Accept: text/html, image/gif, *; q=.2, */*; q=.2 | 200",
        "Accept: ,                                  | 200",
        "Accept:                                    | 200",
        "Accept-Language: zz;q=zz                   | 200",
        "Accept-Charset: ;;;                        | 200",
        "Accept-Encoding: q=zz;                     | 200",
        "Range: bytes=9-1,zz                        | 200",
        "If-Range: zz                               | 200",
        "If-Modified-Since: zz                      | 200",
        "If-Unmodified-Since: zz                    | 200",
        "Authorization: zz                          | 200",
      })
  default void aHeaderThatCannotBeReadIsAProblemOrDoesNotMatter(String header, int status) {
    Answer answer = PlainRequest.send(site(), "GET", "counts/count:hr1", header);
    if (status == 200) {
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Content-Type")).containsExactly("application/json");
    } else {
      assertProblem(answer, status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "counts?topic=%zz",
        "counts?topic=%",
        "counts?topic=count:hr2&other=%f",
        "counts?topic=%c3%28",
        "presence?user=%ff",
        "counts/count:%zz",
        "counts/count:%c3",
        "presence/%ff%fe"
      })
  default void anAddressThatCannotBeDecodedIsABadRequest(String path) {
    Answer answer = PlainRequest.send(site(), "GET", path);
    if (answer.body().isEmpty()) {
      // The container refused it before it looked for an application; Payara 6.2025 says so with
      // 200.
      assertThat(answer.status()).isIn(400, path.contains("/count:%zz") ? 200 : 400);
    } else {
      assertProblem(answer, 400);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "If-None-Match: \"0-0\"            | 304",
        "If-None-Match: W/\"0-0\"          | 304",
        "If-None-Match: \"a\",\"0-0\"      | 304",
        "If-None-Match: \"a\" , W/\"0-0\", | 304",
        "If-None-Match: \"a,b\", \"0-0\"   | 304",
        "If-None-Match: *                  | 304",
        "If-None-Match: \"1-0\"            | 200",
        "If-None-Match: \"a\", W/\"b\"     | 200",
        "If-None-Match: *, \"a\"           | 200",
        "If-None-Match: 0-0                | 200",
        "If-None-Match: \"0-0               | 200",
        "If-None-Match: w/\"0-0\"          | 200",
        "If-None-Match: W/0-0              | 200",
        "If-None-Match: W \"0-0\"          | 200",
        "If-None-Match: \"0-0\" \"a\"      | 200",
        "If-None-Match: \"0-0\"x           | 200",
        "If-None-Match: \"0 0\"            | 200",
        "If-None-Match: ,                  | 200",
        "If-None-Match:                    | 200",
        "If-Match: \"0-0\"                 | 200",
        "If-Match: \"a\", \"0-0\"          | 200",
        "If-Match: *                       | 200",
        "If-Match: \"1-0\"                 | 412",
        "If-Match: W/\"0-0\"               | 412",
        "If-Match: nonsense                | 412",
      })
  default void anEntityTagIsComparedAsTheConditionHasIt(String header, int status) {
    for (String method : new String[] {"GET", "HEAD"}) {
      Answer answer = PlainRequest.send(site(), method, "counts/count:hr3", header);
      assertThat(answer.status()).as(method).isEqualTo(status);
      if (status == 412) {
        assertThat(answer.header("Content-Type")).containsExactly("application/problem+json");
      } else {
        assertThat(answer.header("ETag")).containsExactly("\"0-0\"");
      }
    }
  }

  @Test
  default void linesOfOneHeaderAreOneList() {
    Answer answer =
        PlainRequest.send(
            site(), "GET", "counts/count:hr4", "If-None-Match: \"a\"", "If-None-Match: \"0-0\"");
    assertThat(answer.status()).isEqualTo(304);
  }

  @Test
  default void aBodyThatCannotBeReadIsAProblem() {
    String[] bodies = {
      "",
      "[",
      "[".repeat(1001),
      "[".repeat(20_000),
      "[" + "1".repeat(2000) + "]",
      "[1e400]",
      "[1e999999999]",
      "[] []",
      "[\"a\"]x",
      "{}",
      "7",
      "[\"" + "a".repeat(70_000) + "\"]"
    };
    for (String body : bodies) {
      Answer answer = PlainRequest.asAdmin(site(), "POST", "friends/refresh", body);
      assertThat(answer.status()).as("%.20s", body).isEqualTo(400);
      assertThat(answer.header("Content-Type")).containsExactly("application/problem+json");
      assertThat(answer.body()).hasSizeLessThan(1000);
    }
  }

  @Test
  default void aRequestThatCannotBeReadIsNotLogged() {
    ServerLog log = new ServerLog();
    String bad = "a/b;q=zz";
    PlainRequest.send(site(), "GET", "counts/count:hr8", "Accept: " + bad, "Content-Type: " + bad);
    PlainRequest.send(site(), "GET", "counts/count:hr8", "Content-Type: " + bad);
    PlainRequest.send(site(), "GET", "counts/count:hr8", "Accept: " + bad);
    PlainRequest.send(site(), "GET", "counts/count:hr8", "If-None-Match: abc");
    PlainRequest.send(site(), "GET", "counts?topic=%zz");
    PlainRequest.asAdmin(site(), "POST", "friends/refresh", "[".repeat(1001));
    PlainRequest.asAdmin(site(), "POST", "friends/refresh", "[" + "1".repeat(2000) + "]");
    assertThat(log.text()).doesNotContain("xception", "\tat ");
  }
}
