package org.rollcall.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rollcall.testing.RawConnection.Answer;

/** Reads answers of HTTP/1.1 as a server writes them. */
final class HttpAnswers {
  private HttpAnswers() {}

  /** Reads the head of an answer, of status 0 if the server hangs up instead. */
  static Answer head(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return new Answer(0, List.of(), "");
    }
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
    }
    return new Answer(Integer.parseInt(first.split(" ", 3)[1]), headers, "");
  }

  /** Reads an answer with its body, whose length the head must tell. */
  static Answer whole(InputStream in) throws IOException {
    Answer head = head(in);
    if (head.status() == 101) {
      return head;
    }
    if (!head.header("transfer-encoding").isEmpty()) {
      throw new AssertionError("Expected a body of known length, but got " + head);
    }
    int length = Integer.parseInt(head.header("content-length").get(0));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answer(head.status(), head.headers(), body);
  }

  /** Reads and forgets until a text in ASCII has come, and returns the text. */
  static String skipTo(InputStream in, String text) throws IOException {
    String seen = "";
    while (!seen.equals(text)) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed before " + text);
      }
      String longer = seen + (char) next;
      seen = longer.substring(Math.max(0, longer.length() - text.length()));
    }
    return seen;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
