package org.rollcall.browser;

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
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A web site other than Rollcall's, with the test pages and, below {@code /npm}, the clients that
 * npm has installed.
 */
final class PageServer implements AfterAllCallback {
  private static final Path PAGES = Path.of("src/test/js/pages");
  private static final Path CLIENTS = Path.of("target/npm/node_modules");
  private static final String NPM = "/npm/";

  private final HttpServer server;
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
