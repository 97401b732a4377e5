package org.rollcall.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An answer to any request.
 *
 * @param status its status
 * @param headers its headers
 * @param body its body; of server-sent events, what comes until the first one
 */
public record ApiAnswer(int status, HttpHeaders headers, String body) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Sends a request. */
  public static ApiAnswer to(String method, URI address, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Await.LIMIT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        boolean events =
            answer.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
        String text = events ? event(in) : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new ApiAnswer(answer.statusCode(), answer.headers(), text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + address + " failed", e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(method + " " + address + " was interrupted", e);
    }
  }

  private static String event(InputStream in) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    StringBuilder text = new StringBuilder();
    String line = reader.readLine();
    while (line != null && !line.startsWith("data:")) {
      text.append(line).append('\n');
      line = reader.readLine();
    }
    return text.append(line).append('\n').toString();
  }

  /** Returns the media type without its parameters; empty if there is none. */
  public String type() {
    return header("Content-Type").orElse("").split(";", 2)[0];
  }

  /** Returns a header. */
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  @Override
  public String toString() {
    return status + " " + type() + " " + body;
  }
}
