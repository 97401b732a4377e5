package org.rollcall.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A web site other than Rollcall's, with the test pages, pages that tests write, and, below {@code
 * /npm}, the clients that npm has installed.
 */
final class PageServer implements AfterAllCallback {
  private static final Path PAGES = Path.of("src/test/js/pages");
  private static final Path CLIENTS = Path.of("target/npm/node_modules");
  private static final String NPM = "/npm/";

  private final HttpServer server;
  private final AtomicInteger written = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  private PageServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", PageServer::answer);
    server.start();
  }

  static PageServer start() {
    try {
      return new PageServer(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String origin() {
    return "http://127.0.0.1:" + port();
  }

  /** Returns the origin under which a browser takes the same pages for those of a third site. */
  String strangeOrigin() {
    return "http://localhost:" + port();
  }

  /**
   * Adds a page.
   *
   * @param type of its content
   * @param policy its Content-Security-Policy, which may be empty
   * @return its address
   */
  String write(String type, String content, String policy) {
    String path = "/written/" + written.incrementAndGet();
    byte[] bytes = content.getBytes(UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
            if (!policy.isEmpty()) {
              exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            }
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    return origin() + path;
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Path file =
        path.startsWith(NPM)
            ? CLIENTS.resolve(path.substring(NPM.length()))
            : PAGES.resolve(path.substring(1));
    try (exchange) {
      if (!Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String type = path.endsWith(".html") ? "text/html" : "text/javascript";
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, Files.size(file));
      Files.copy(file, exchange.getResponseBody());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stop(0);
    threads.shutdown();
  }
}
