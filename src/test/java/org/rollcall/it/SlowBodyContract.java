package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.testing.Await;
import org.rollcall.testing.ServerLog;
import org.rollcall.testing.TestToken;

/**
 * Bodies of requests that do not come, or come in parts. Holds where {@code
 * rollcall.limits.bodies.timeout=PT2S} and {@code rollcall.limits.bodies.address} has its default.
 */
interface SlowBodyContract extends Deployed {
  String JSON = "Content-Type: application/json";
  String FORM = "Content-Type: application/x-www-form-urlencoded";
  String LONG = "Content-Length: 1000000";
  String CHUNKED = "Transfer-Encoding: chunked";

  /** Payara 7 sends headers with it. */
  String CONTINUE = "HTTP/1.1 100 Continue\r\n([A-Za-z-]+: [^\r\n]*\r\n)*\r\n";

  /** WildFly has 16 threads on two cores, Payara up to 200: these are more than either has. */
  int EACH = 24;

  /** Heads of requests whose bodies do not come, with the first part of the body. */
  private static List<List<String>> heads() {
    String admin = "Authorization: Bearer " + TestToken.of("sb-admin").in(TestToken.ADMIN).text();
    return List.of(
        List.of("POST /rollcall/api/counts", "[\"count:", JSON, "Content-Length: 100"),
        List.of("POST /rollcall/api/counts", "5\r\n[\"cou", JSON, CHUNKED),
        List.of("POST /rollcall/api/token", "", JSON, "Content-Length: 100"),
        List.of("PUT /rollcall/api/users/7/friends", "[", JSON, LONG, admin),
        List.of("POST /rollcall/api/nothing", "", JSON, LONG),
        List.of("DELETE /rollcall/api/counts", "", LONG),
        List.of("POST /rollcall/oidc/backchannel-logout", "logout_token=", FORM, LONG),
        List.of("POST /rollcall/login/callback", "", FORM, LONG),
        List.of("POST /rollcall/logout", "", FORM, CHUNKED),
        List.of("GET /rollcall/presence.js", "", LONG),
        List.of("GET /rollcall/api/counts/count:sb", "x", FORM, CHUNKED),
        List.of("POST /rollcall/nothing", "", LONG, "Expect: 100-continue"),
        List.of("OPTIONS /rollcall/", "x", LONG),
        List.of("GET /rollcall/socket/websocket?vsn=2.0.0", "", LONG, "Upgrade: websocket"));
  }

  private Socket send(List<String> request) throws IOException {
    StringBuilder head = new StringBuilder(request.get(0)).append(" HTTP/1.1\r\nHost: ");
    head.append(site().host()).append("\r\n");
    request.subList(2, request.size()).forEach(line -> head.append(line).append("\r\n"));
    head.append("\r\n").append(request.get(1));
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), site().port());
    socket.setSoTimeout((int) Await.LIMIT.toMillis());
    socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private HttpResponse<String> post(String topic) {
    return site().send("POST", "counts", "[\"" + topic + "\"]", "Content-Type", "application/json");
  }

  @Test
  default void bodiesThatDoNotComeHoldUpNothingElse() throws IOException {
    ServerLog log = new ServerLog();
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < EACH; i++) {
        for (List<String> request : heads()) {
          slow.add(send(request));
        }
      }
      long begin = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        assertThat(site().get("counts/count:sb-slow").statusCode()).isEqualTo(200);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Await.LIMIT);
      assertThat(post("count:sb-slow").statusCode()).isIn(200, 503);
      // On Payara a body that does not come has a thread of the server until it has its time-out.
      Await.until(
          "bodies are read again",
          Await.LIMIT.multipliedBy(3),
          () -> post("count:sb-slow").statusCode() == 200);
      for (Socket socket : slow) {
        String answer = text(socket);
        assertThat(answer.isEmpty() ? "none" : answer)
            .matches("(?s)none|(" + CONTINUE + ")?(HTTP/1.1 (400|408|413|503) .*)?");
      }
      assertThat(log.text()).doesNotContain("Servlet.service() for servlet");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Returns all that has come, whether the server has ended the connection or not. */
  private static String text(Socket socket) {
    StringBuilder text = new StringBuilder();
    try {
      socket.setSoTimeout(20);
      for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
        text.append((char) c);
      }
    } catch (IOException noMore) {
      return text.toString();
    }
    return text.toString();
  }

  @Test
  default void aBodyThatComesInPartsIsRead() throws IOException {
    try (Socket socket =
        send(List.of("POST /rollcall/api/counts", "[\"co", JSON, "Content-Length: 12"))) {
      assertThat(post("count:sb-meanwhile").statusCode()).isEqualTo(200);
      socket.getOutputStream().write("unt:sb\"]".getBytes(StandardCharsets.US_ASCII));
      byte[] begin = socket.getInputStream().readNBytes(12);
      assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  default void aBodyIsReadHoweverItIsSent(Version version) {
    HttpClient http = HttpClient.newBuilder().version(version).build();
    byte[] body = "[\"count:sb-sent\"]".getBytes(StandardCharsets.US_ASCII);
    List<HttpRequest.BodyPublisher> publishers =
        List.of(
            BodyPublishers.ofByteArray(body),
            BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));
    for (HttpRequest.BodyPublisher publisher : publishers) {
      // The JDK's client cannot upgrade to HTTP/2 while it waits. Grizzly 4.0 answers a request
      // with
      // a chunked body by 100 only after the body's first byte
      // (eclipse-ee4j/glassfish-grizzly#2222).
      boolean mayWait = version == Version.HTTP_1_1 && publisher.contentLength() > 0;
      for (boolean waits : new boolean[] {false, mayWait}) {
        HttpRequest request =
            HttpRequest.newBuilder(site().address("api/counts"))
                .header("Content-Type", "application/json")
                .expectContinue(waits)
                .POST(publisher)
                .build();
        assertThat(http.sendAsync(request, BodyHandlers.ofString()).join().statusCode())
            .as("%s, %s", version, waits)
            .isEqualTo(200);
      }
    }
  }

  @Test
  default void aBodyInWhichNobodyIsInterestedIsNoReasonToRefuse() {
    String token = "Bearer " + TestToken.of("sb1").text();
    assertThat(site().send("POST", "nothing", "{}", "Content-Type", "text/plain").statusCode())
        .isEqualTo(404);
    // Payara takes no body with DELETE.
    assertThat(site().send("DELETE", "counts", "{}").statusCode()).isIn(400, 405);
    assertThat(site().send("POST", "token", "", "Authorization", token).statusCode())
        .isEqualTo(200);
    assertThat(site().asAdmin("PUT", "users/sb1/blocks/sb2", "{}").statusCode()).isEqualTo(204);
    assertThat(site().asAdmin("DELETE", "users/sb1/blocks/sb2", "").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%2Fb", "a%20b", "%C3%A4", "a;b", "a+b", "a%25b"})
  default void anAddressIsReadAlikeWithAndWithoutABody(String id) {
    int without = site().asAdmin("PUT", "users/" + id + "/blocks/sb2", "").statusCode();
    int with = site().asAdmin("PUT", "users/" + id + "/blocks/sb2", "{}").statusCode();
    site().asAdmin("DELETE", "users/" + id + "/blocks/sb2", "");
    assertThat(with).isEqualTo(without);
  }
}
