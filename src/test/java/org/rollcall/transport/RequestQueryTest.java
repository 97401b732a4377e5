package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestQueryTest {
  private static HttpServletRequest request(@Nullable String query) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            RequestQueryTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getQueryString");
              return query;
            });
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "token=a, a",
    "vsn=2.0.0&token=a, a",
    "token=a&vsn=2.0.0, a",
    "token=, ''",
    "token, ''",
    "token&token=a, ''",
    "token=a&token=b, a",
    "token=a=b, a=b",
    "token=a%2Bb+c, a+b c",
    "tok%65n=a, a",
    "&&token=a&, a",
    "token=%e2%82%ac, \u20ac",
  })
  void theFirstValueOfAParameterIsDecoded(String query, String value) {
    assertThat(RequestQuery.first(request(query), "token")).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({"vsn=2.0.0", "tokens=a", "Token=a", "=a", "to%6=a"})
  void anotherParameterIsNotTheToken(String query) {
    assertThat(RequestQuery.first(request(query), "token")).isNull();
  }

  @Test
  void aRequestWithoutAQueryHasNoParameter() {
    assertThat(RequestQuery.first(request(null), "token")).isNull();
    assertThat(RequestQuery.first(request(""), "token")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"a%", "a%2", "a%zz"})
  void aValueWithABrokenEscapeIsNotMissing(String value) {
    assertThat(RequestQuery.first(request("token=" + value), "token")).isEqualTo(value);
  }
}
