package org.rollcall.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRequestTest {
  private static HttpServletRequest request(String remote, String host, String header) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            LocalRequestTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> remote;
                  case "getServerName" -> host;
                  case "getHeaderNames" -> Collections.enumeration(List.of("Accept", header));
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,       localhost,        Host,            true",
    "127.9.9.9,       LOCALHOST,        User-Agent,      true",
    "::1,             [::1],            Host,            true",
    "0:0:0:0:0:0:0:1, 127.0.0.1,        Host,            true",
    "127.0.0.1,       app.localhost,    Host,            true",
    "192.0.2.1,       localhost,        Host,            false",
    "localhost,       localhost,        Host,            false",
    "evil.example,    localhost,        Host,            false",
    "127.0.0.1,       evil.example,     Host,            false",
    "127.0.0.1,       notlocalhost,     Host,            false",
    "127.0.0.1,       10.0.0.1,         Host,            false",
    "127.0.0.1,       localhost,        X-FORWARDED-FOR, false",
    "127.0.0.1,       localhost,        X-Forwarded-By,  false",
    "127.0.0.1,       localhost,        forwarded,       false",
    "127.0.0.1,       localhost,        Via,             false",
  })
  void onlyAProcessOfThisMachineThatNobodyPassedOnIsLocal(
      String remote, String host, String header, boolean local) {
    assertThat(LocalRequest.isOne(request(remote, host, header))).isEqualTo(local);
  }
}
