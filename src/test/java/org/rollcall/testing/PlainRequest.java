package org.rollcall.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.rollcall.testing.RawConnection.Answer;

/** An HTTP request to the API that is sent to the letter, also where it is wrong. */
public final class PlainRequest {
  private PlainRequest() {}

  /** Sends a request without a body. */
  public static Answer send(Site site, String method, String path, String... headers) {
    return send(site, method, path, "", List.of(headers));
  }

  /** Sends a request as an administrator. */
  public static Answer asAdmin(Site site, String method, String path, String body) {
    String token = TestToken.of("admin").in(TestToken.ADMIN).text();
    return send(
        site,
        method,
        path,
        body,
        List.of("Authorization: Bearer " + token, "Content-Type: application/json"));
  }

  /**
   * Sends a request, and reads until the server has closed the connection.
   *
   * @param path what follows {@code /api/}
   * @param headers lines of the head
   */
  public static Answer send(
      Site site, String method, String path, String body, List<String> headers) {
    return to(site, method, "api/" + path, body, headers);
  }

  /**
   * Sends a request to any address of Rollcall's.
   *
   * @param path what follows {@code /rollcall/}
   * @param headers lines of the head
   */
  public static Answer to(
      Site site, String method, String path, String body, List<String> headers) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append(method).append(" /rollcall/").append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(site.host()).append("\r\nConnection: close\r\n");
    if (content.length > 0 || method.startsWith("P")) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      socket.setSoTimeout((int) Await.LIMIT.multipliedBy(2).toMillis());
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      request.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      request.writeBytes(content);
      socket.getOutputStream().write(request.toByteArray());
      return answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " failed", e);
    }
  }

  private static Answer answer(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new AssertionError("Expected an answer, but got '" + text + "'");
    }
    List<String> lines = text.substring(0, end).lines().toList();
    List<String> headers = lines.stream().skip(1).map(PlainRequest::lowerName).toList();
    return new Answer(
        Integer.parseInt(lines.get(0).split(" ", 3)[1]), headers, text.substring(end + 4));
  }

  private static String lowerName(String line) {
    int colon = line.indexOf(':');
    return line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon);
  }
}
