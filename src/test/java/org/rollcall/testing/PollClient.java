package org.rollcall.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Phoenix client that polls, as phoenix.js does it, but one request after the other. */
public final class PollClient implements Peer {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String NDJSON = "application/x-ndjson";

  private final Site site;
  private final String query;
  private final String token;
  private final Deque<String> frames = new ArrayDeque<>();

  private PollClient(Site site, String query, String token) {
    this.site = site;
    this.query = query;
    this.token = token;
  }

  /** Connects in any version, as a user or as nobody. */
  public static PollClient connect(Site site, String vsn, Optional<TestToken> user) {
    String query = user.map(known -> "token=" + known.text() + "&").orElse("") + "vsn=" + vsn;
    JsonObject answer = get(site, query + "&");
    if (answer.getInt("status") != 410) {
      throw new AssertionError("Expected a session, but got " + answer);
    }
    return new PollClient(site, query, answer.getString("token"));
  }

  /** Connects as a user. */
  public static PollClient connect(Site site, TestToken user) {
    return connect(site, "2.0.0", Optional.of(user));
  }

  /** Returns the session's token. */
  public String token() {
    return token;
  }

  /**
   * Sends a request to the address of long-poll.
   *
   * @param headers names and values in turn
   */
  public static CompletableFuture<HttpResponse<String>> ask(
      Site site, String method, String query, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(site.address("socket/longpoll") + "?" + query))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.sendAsync(request.build(), BodyHandlers.ofString())
        .orTimeout(2 * Await.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static JsonObject json(HttpResponse<String> answer) {
    return Json.createReader(new StringReader(answer.body())).readObject();
  }

  /** Sends a GET and returns what came. */
  public static JsonObject get(Site site, String query, String... headers) {
    return json(ask(site, "GET", query, "", headers).join());
  }

  /** Polls, and does not wait for the answer. */
  public CompletableFuture<JsonObject> poll() {
    return ask(site, "GET", query + "&token=" + token, "").thenApply(PollClient::json);
  }

  /** Polls again and again until the session or its node has ended; drops the frames. */
  public CompletableFuture<Integer> follow() {
    return poll()
        .thenCompose(
            answer -> {
              int status = answer.getInt("status");
              return status == 200 || status == 204
                  ? follow()
                  : CompletableFuture.completedFuture(status);
            });
  }

  /** Sends a body, and returns the answer's status. */
  public int postAs(String type, String body) {
    HttpResponse<String> answer =
        ask(site, "POST", query + "&token=" + token, body, "Content-Type", type).join();
    return json(answer).getInt("status");
  }

  /** Sends messages, a line each, in one request. */
  public int post(String... lines) {
    return postAs(NDJSON, String.join("\n", lines));
  }

  private void take(int status) {
    if (status != 200) {
      throw new AssertionError("Expected 200, but got " + status);
    }
  }

  @Override
  public void send(String text) {
    take(postAs("application/json", text));
  }

  @Override
  public void send(byte[] bytes) {
    take(post(Base64.getEncoder().encodeToString(bytes)));
  }

  @Override
  public String next() {
    for (int polls = 0; frames.isEmpty() && polls < 2; polls++) {
      JsonObject answer = poll().join();
      if (answer.getInt("status") != 200 && answer.getInt("status") != 204) {
        throw new AssertionError("Expected frames, but got " + answer.getInt("status"));
      }
      answer
          .getJsonArray("messages")
          .getValuesAs(JsonString.class)
          .forEach(text -> frames.add(text.getString()));
    }
    if (frames.isEmpty()) {
      throw new AssertionError("Expected a frame within two polls");
    }
    return frames.remove();
  }

  /** Takes frames up to the one that has this event. */
  public Frame next(String event) {
    Frame frame = Frame.of(next());
    while (!frame.event().equals(event)) {
      frame = Frame.of(next());
    }
    return frame;
  }

  /** Polls no more, as a page that is closed: a client has no word for good-bye. */
  @Override
  public void close() {
    frames.clear();
  }
}
