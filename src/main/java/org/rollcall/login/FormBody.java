package org.rollcall.login;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form in a request's body ({@code application/x-www-form-urlencoded}, URL standard, section
 * 5), which a filter has read. Not {@code getParameter}: the container would read the body from the
 * connection, where it is read already.
 *
 * @param text the names and values as they came
 */
record FormBody(String text) {
  private static final String TYPE = "application/x-www-form-urlencoded";

  /** Returns the form of a request, an empty one if its body is none. */
  static FormBody of(HttpServletRequest request) throws IOException {
    @Nullable String type = request.getContentType();
    return type == null || !type.toLowerCase(Locale.ROOT).startsWith(TYPE)
        ? new FormBody("")
        : new FormBody(new String(request.getInputStream().readAllBytes(), ISO_8859_1));
  }

  /** Returns the first value of a name; empty if there is none, or it cannot be decoded. */
  Optional<String> first(String name) {
    for (String pair : text.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return decoded(pair.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decoded(String value) {
    try {
      return Optional.of(URLDecoder.decode(value, UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
