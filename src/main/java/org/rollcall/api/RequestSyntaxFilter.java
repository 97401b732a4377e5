package org.rollcall.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that cannot be read, with 400 and a problem, before the server's JAX-RS sees
 * them: an address with a broken escape, an {@code Accept} or {@code Content-Type} that breaks the
 * syntax, cookies that the server fails to read; with 501 a method that breaks it. The others go on
 * with both headers in plain form, and without {@code Accept-Language}, which the API does not look
 * at.
 *
 * <p>Jersey 3 fails for such a header with 500 and a stack trace in the log, RESTEasy 6 with a page
 * of its own, before any mapper of exceptions is asked. Declared in {@code web.xml}, behind the
 * filter that sets the headers of every answer. Called on the container's threads.
 */
public class RequestSyntaxFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!METHODS.contains(request.getMethod())) {
      Problem.write(
          response, HttpServletResponse.SC_NOT_IMPLEMENTED, "expected a method of RFC 9110");
      return;
    }
    Optional<String> accept = MediaTypes.ranges(list(request, HttpHeaders.ACCEPT));
    String given = list(request, HttpHeaders.CONTENT_TYPE);
    Optional<String> type = given.isBlank() ? Optional.of("") : MediaTypes.type(given);
    if (!isText(request.getRequestURI()) || !isText(request.getQueryString())) {
      refuse(response, "expected an address in which each % begins the escape of UTF-8");
    } else if (!hasReadableCookies(request)) {
      refuse(response, "expected cookies in the header Cookie (RFC 6265, section 4.2)");
    } else if (accept.isEmpty()) {
      refuse(response, "expected media types in the header Accept (RFC 9110, section 12.5.1)");
    } else if (type.isEmpty()) {
      refuse(response, "expected a media type in the header Content-Type (RFC 9110, section 8.3)");
    } else {
      chain.doFilter(new Plain(request, accept.get(), type.get()), response);
    }
  }

  /** Returns whether a part of an address can be decoded. */
  private static boolean isText(@Nullable String part) {
    if (part == null) {
      return true;
    }
    if (BROKEN_ESCAPE.matcher(part).find()) {
      return false;
    }
    try {
      // A lone plus is a space, here as there.
      byte[] bytes = URLDecoder.decode(part, ISO_8859_1).getBytes(ISO_8859_1);
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Undertow 2.3 fails with a number format for {@code $Version=x}. */
  private static boolean hasReadableCookies(HttpServletRequest request) {
    try {
      request.getCookies();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static String list(HttpServletRequest request, String header) {
    return String.join(",", Collections.list(request.getHeaders(header)));
  }

  private static void refuse(HttpServletResponse response, String detail) throws IOException {
    Problem.write(response, HttpServletResponse.SC_BAD_REQUEST, detail);
  }

  /** A request with both headers in plain form; an empty one is left out. */
  private static final class Plain extends HttpServletRequestWrapper {
    private final Map<String, String> plain = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Plain(HttpServletRequest request, String accept, String type) {
      super(request);
      plain.put(HttpHeaders.ACCEPT, accept);
      plain.put(HttpHeaders.CONTENT_TYPE, type.toLowerCase(Locale.ROOT));
      plain.put(HttpHeaders.ACCEPT_LANGUAGE, "");
    }

    @Override
    public @Nullable String getHeader(String name) {
      @Nullable String value = plain.get(name);
      if (value == null) {
        return super.getHeader(name);
      }
      return value.isEmpty() ? null : value;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      @Nullable String value = plain.get(name);
      if (value == null) {
        return super.getHeaders(name);
      }
      return Collections.enumeration(value.isEmpty() ? List.of() : List.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = Collections.list(super.getHeaderNames());
      names.removeIf(name -> plain.getOrDefault(name, "-").isEmpty());
      return Collections.enumeration(names);
    }

    @Override
    public @Nullable String getContentType() {
      return getHeader(HttpHeaders.CONTENT_TYPE);
    }

    @Override
    public @Nullable String getCharacterEncoding() {
      return UTF_8.name();
    }
  }
}
