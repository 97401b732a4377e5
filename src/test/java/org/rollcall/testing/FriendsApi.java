package org.rollcall.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A social network's API of friends, which answers each user as a test wants. */
public final class FriendsApi implements AutoCloseable {
  /** What it expects in the header {@code Authorization}. */
  public static final String AUTHORIZATION = "Bearer a-key-of-the-network";

  /** How one user's question is answered. */
  @FunctionalInterface
  public interface Answer {
    /** Writes the answer. */
    void to(HttpExchange exchange) throws IOException;
  }

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch ending = new CountDownLatch(1);
  private final HttpServer server;

  /** Starts on a free port. */
  public FriendsApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Returns the setting that leads here. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/people/{id}/friends";
  }

  /** Returns its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Sets how a user's question is answered; users without an answer get 404. */
  public void answer(String user, Answer answer) {
    answers.put("/people/" + user + "/friends", answer);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!AUTHORIZATION.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        send(exchange, 401, "[]");
      } else {
        Answer nobody = any -> send(any, 404, "[]");
        answers.getOrDefault(exchange.getRequestURI().getRawPath(), nobody).to(exchange);
      }
    }
  }

  /** Answers with a whole body. */
  public static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Returns so many ids as a JSON array. */
  public static String ids(int number) {
    return IntStream.range(0, number)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Answers with one space every 100 ms, for ten seconds, and then an array. */
  public void trickle(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    for (int i = 0; i < 100 && !pause(100); i++) {
      body.write(' ');
      body.flush();
    }
    body.write("[\"1\"]".getBytes(StandardCharsets.UTF_8));
  }

  /** Lets time pass. Returns whether the API ends meanwhile. */
  public boolean pause(int millis) {
    try {
      return ending.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  @Override
  public void close() {
    ending.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
