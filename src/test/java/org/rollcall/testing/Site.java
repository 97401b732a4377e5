package org.rollcall.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/**
 * Where a deployed Rollcall is reached.
 *
 * @param address the server's address
 * @param port its port
 */
public record Site(String address, int port) {
  /** Version 1.1, which proxies use for servers, even if a server supports others. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Creates one on the loopback address. */
  public Site(int port) {
    this("127.0.0.1", port);
  }

  /** Returns where the WildFly of arquillian.xml serves what a test deploys by itself. */
  public static Site ofWildFly() {
    return new Site(18_190);
  }

  /** Returns the host and port, as in the header {@code Host}. */
  public String host() {
    return address + ":" + port;
  }

  /** Returns the address that a Phoenix client is given. */
  public String socketAddress() {
    return "ws://" + host() + "/rollcall/socket/websocket";
  }

  /** Connects without a token. */
  public PhoenixClient connect() {
    return PhoenixClient.connect(socketAddress() + "?vsn=2.0.0");
  }

  /** Connects without a token, and without saying which version. */
  public PhoenixClient connectVersion1() {
    return PhoenixClient.connect(socketAddress());
  }

  /** Connects in any version, as a user or as nobody. */
  public PhoenixClient connect(String vsn, Optional<TestToken> token) {
    String query = "?vsn=" + vsn + token.map(known -> "&token=" + known.text()).orElse("");
    return PhoenixClient.connect(socketAddress() + query);
  }

  /** Connects as a user. */
  public PhoenixClient connect(TestToken token) {
    return PhoenixClient.connect(socketAddress() + "?vsn=2.0.0&token=" + token.text());
  }

  /** Returns the address of anything of Rollcall's. */
  public URI address(String path) {
    return URI.create("http://" + host() + "/rollcall/" + path);
  }

  /** Connects with any token. */
  public PhoenixClient connectWith(String token) {
    return PhoenixClient.connect(socketAddress() + "?vsn=2.0.0&token=" + token);
  }

  /** Reads from the API. */
  public HttpResponse<String> get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  /** Sends a request as an administrator. */
  public HttpResponse<String> asAdmin(String method, String path, String body) {
    String token = TestToken.of("admin").in(TestToken.ADMIN).text();
    return send(
        method, path, body, "Authorization", "Bearer " + token, "Content-Type", "application/json");
  }

  /**
   * Sends a request to the API.
   *
   * @param path what follows {@code /api/}
   * @param headers names and values in turn
   */
  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + host() + "/rollcall/api/" + path).normalize())
            .timeout(Await.LIMIT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + path + " failed", e);
    }
  }
}
