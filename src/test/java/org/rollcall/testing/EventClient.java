package org.rollcall.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of server-sent events that reads on the caller's thread, so one that is not asked does
 * not read. Not safe for many threads.
 */
public final class EventClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final int status;
  private final Map<String, String> headers = new HashMap<>();
  private int left;
  private String retry = "";
  private int comments;

  /**
   * An event of a stream.
   *
   * @param id what the client sends as {@code Last-Event-ID} when it comes back
   * @param data the event's text
   */
  public record Event(String id, String data) {
    /** Returns the text as JSON. */
    public JsonObject json() {
      return Json.createReader(new StringReader(data)).readObject();
    }
  }

  private EventClient(Site site, String method, String path, String... lines) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
    socket.setSoTimeout((int) Await.LIMIT.multipliedBy(2).toMillis());
    StringBuilder head = new StringBuilder();
    head.append(method).append(" /rollcall/api/").append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(site.host()).append("\r\n");
    head.append("Accept: text/event-stream\r\n");
    for (String line : lines) {
      head.append(line).append("\r\n");
    }
    socket.getOutputStream().write(head.append("\r\n").toString().getBytes(UTF_8));
    in = new BufferedInputStream(socket.getInputStream());
    status = Integer.parseInt(line().split(" ", 3)[1]);
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
  }

  /**
   * Asks for events.
   *
   * @param path what follows {@code /api/}
   * @param headers lines of the head
   */
  public static EventClient listen(Site site, String path, String... headers) {
    return ask(site, "GET", path, headers);
  }

  /** Sends a request with any method. */
  public static EventClient ask(Site site, String method, String path, String... headers) {
    try {
      return new EventClient(site, method, path, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " failed", e);
    }
  }

  /** Returns the answer's status. */
  public int status() {
    return status;
  }

  /** Returns a header of the answer, or an empty text. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** Returns how many milliseconds a client is to wait before it comes back, as last said. */
  public String retry() {
    return retry;
  }

  /** Reads until a number of comments have come, ever. */
  public void awaitComments(int number) {
    while (comments < number) {
      if (take(streamLine(), new String[2])) {
        throw new AssertionError("Expected a comment, but got an event");
      }
    }
  }

  /** Returns the next event. */
  public Event next() {
    String[] event = new String[2];
    while (!take(streamLine(), event)) {
      // A line of an event, a comment, or the end of nothing.
    }
    return new Event("" + event[0], "" + event[1]);
  }

  /** Returns the next event whose text has a part. */
  public Event next(String part) {
    Event event = next();
    while (!event.data().contains(part)) {
      event = next();
    }
    return event;
  }

  /** Returns whether the server ends the stream, which may say more before. */
  public boolean ends() {
    try {
      while (streamByte() >= 0) {
        // Reads on.
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a line. Returns whether it ends an event. */
  private boolean take(@Nullable String line, @Nullable String[] event) {
    if (line == null) {
      throw new AssertionError("Expected an event, but the stream ended");
    }
    if (line.startsWith("id: ")) {
      event[0] = line.substring(4);
    } else if (line.startsWith("data: ")) {
      event[1] = line.substring(6);
    } else if (line.startsWith("retry: ")) {
      retry = line.substring(7);
    } else if (line.startsWith(":")) {
      comments++;
    } else if (!line.isEmpty()) {
      throw new AssertionError("Expected a field of an event, but got '" + line + "'");
    }
    return line.isEmpty() && event[1] != null;
  }

  private @Nullable String streamLine() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int c = streamByte(); c != '\n'; c = streamByte()) {
        if (c < 0) {
          return null;
        }
        line.write(c);
      }
      return line.toString(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a byte of the body, which comes in chunks. */
  private int streamByte() throws IOException {
    if (left == 0) {
      String size = line();
      if (size.isEmpty()) {
        size = line();
      }
      left = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
    }
    return left-- > 0 ? in.read() : -1;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(UTF_8);
  }

  /** Goes away, as a browser does whose page is closed. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
