package org.rollcall.browser;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.rollcall.testing.Await;

/** A real Keycloak on a free port of the loopback address, in memory, without a realm at first. */
final class Keycloak implements AfterAllCallback {
  /** What its users and Rollcall prove themselves with. */
  static final String SECRET = "change-me";

  private static final Path REALM = Path.of("server-config/keycloak/rollcall-realm.json");
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;

  private Keycloak(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Begins to start; {@link #open} waits for it. */
  static Keycloak start() {
    String home = System.getProperty("keycloak.home", "target/keycloak");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = free.getLocalPort();
      ProcessBuilder server =
          new ProcessBuilder(
                  home + "/bin/kc.sh",
                  "start-dev",
                  "--db=dev-mem",
                  "--http-host=127.0.0.1",
                  "--http-port=" + port)
              .redirectErrorStream(true)
              .redirectOutput(new File(home, "keycloak.log"));
      server.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
      server.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", SECRET);
      server.environment().put("JAVA_OPTS_KC_HEAP", "-Xmx512m");
      return new Keycloak(server.start(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the setting {@code rollcall.oidc.issuer}. */
  String issuer() {
    return address("realms/rollcall");
  }

  private String address(String path) {
    return "http://127.0.0.1:" + port + "/" + path;
  }

  /** Waits until it answers, and makes the project's realm, for a Rollcall at this port. */
  void open(int rollcall) {
    Await.until(
        PATIENCE,
        () -> {
          assertThat(process.isAlive()).isTrue();
          assertThat(get("realms/master").statusCode()).isEqualTo(200);
        });
    if (get("realms/rollcall").statusCode() == 200) {
      return;
    }
    try {
      String realm = Files.readString(REALM).replace(":8080/", ":" + rollcall + "/");
      assertThat(post("admin/realms", realm, administrator())).isEqualTo(201);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends all sessions of a user, as an administrator does on Keycloak's pages.
   *
   * @return when Keycloak was told to
   */
  Instant logOut(String user) {
    String administrator = administrator();
    Instant told = Instant.now();
    String path = "admin/realms/rollcall/users/" + user + "/logout";
    assertThat(post(path, "{}", administrator)).isEqualTo(204);
    return told;
  }

  private String administrator() {
    String form = "grant_type=password&client_id=admin-cli&username=admin&password=" + SECRET;
    String answer =
        send(HttpRequest.newBuilder(
                    URI.create(address("realms/master/protocol/openid-connect/token")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build())
            .body();
    try (JsonReader reader = Json.createReader(new StringReader(answer))) {
      return reader.readObject().getString("access_token");
    }
  }

  private int post(String path, String body, String token) {
    return send(HttpRequest.newBuilder(URI.create(address(path)))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body))
            .build())
        .statusCode();
  }

  private HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(address(path))).build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(request + " failed", e);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
