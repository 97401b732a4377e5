package org.rollcall.browser;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.rollcall.testing.TestToken;

/**
 * The deployed WAR, and what the social network's back end and its administrator do to it.
 *
 * @param port the server's port, on the loopback address
 */
record Rollcall(int port) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  String address() {
    return "http://127.0.0.1:" + port + "/rollcall/";
  }

  /** Returns what a Phoenix client of another origin is given. */
  String endPoint() {
    return "ws://127.0.0.1:" + port + "/rollcall/socket";
  }

  /** Mints a connect token as the social network does. */
  String token(String user) {
    return TestToken.of(user).text();
  }

  /** Lets two users see each other. */
  void befriend(String one, String other) {
    administer("PUT", "users/" + one + "/friends/" + other, "");
    administer("PUT", "users/" + other + "/friends/" + one, "");
  }

  /**
   * Makes the demo's people friends. The demo itself does so only in an empty list, and a server
   * may have kept the list of an earlier deployment.
   */
  void befriendDemo() {
    try (JsonReader people = Json.createReader(new StringReader(get("demo/people")))) {
      for (JsonObject person : people.readArray().getValuesAs(JsonObject.class)) {
        String path = "users/" + person.getString("id") + "/friends";
        administer("PUT", path, person.getJsonArray("friends").toString());
      }
    }
  }

  /** Closes all sockets of a user. */
  void disconnect(String user) {
    administer("DELETE", "users/" + user + "/sockets", "");
  }

  /** Reads from the API what everyone may read. */
  String get(String path) {
    return send(HttpRequest.newBuilder(api(path)).build()).body();
  }

  /** Returns the cookies that an address sets, as it sets them. */
  List<String> cookies(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path)).build();
    return send(request).headers().allValues("Set-Cookie");
  }

  private void administer(String method, String path, String body) {
    String token = TestToken.of("admin").in(TestToken.ADMIN).text();
    HttpRequest request =
        HttpRequest.newBuilder(api(path))
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .build();
    assertThat(send(request).statusCode()).as("%s %s", method, path).isBetween(200, 299);
  }

  private URI api(String path) {
    return URI.create(address() + "api/" + path);
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(request + " failed", e);
    }
  }
}
