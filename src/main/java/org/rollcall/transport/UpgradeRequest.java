package org.rollcall.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request that may ask for a WebSocket.
 *
 * @param request what came, with any headers at all
 */
record UpgradeRequest(HttpServletRequest request) {
  static final String VERSION = "13";

  private static final String KEY = "Sec-WebSocket-Key";

  /** Sixteen bytes in Base64. */
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9+/]{22}==");

  /**
   * Returns whether either server might take the request for a handshake: Tyrus looks for the key,
   * Undertow for the header {@code Upgrade}.
   */
  boolean isOne() {
    return request.getHeader(KEY) != null || has("Upgrade", "websocket");
  }

  private boolean has(String header, String text) {
    return Collections.list(request.getHeaders(header)).stream()
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(text));
  }

  /**
   * Returns whether the request's address is exactly this one: without parameters, escapes, dots or
   * more slashes, which two parsers may read in two ways.
   *
   * @param path the address below the application's
   */
  boolean isFor(String path) {
    // Payara takes a session's id out of the address, and the context path of a request may be
    // spelt as the client spelt it.
    return !request.isRequestedSessionIdFromURL()
        && request.getRequestURI().equals(request.getServletContext().getContextPath() + path);
  }

  /**
   * Returns whether the request is a handshake (RFC 6455, section 4.2.1), apart from its version.
   * One with a body is none: what follows would be frames to the one and a body to the other
   * parser.
   */
  boolean isHandshake() {
    return request.getMethod().equals("GET")
        && request.getProtocol().equals("HTTP/1.1")
        && isOnly("Upgrade", "websocket")
        && hasToken("Connection", "upgrade")
        && hasNonce()
        && RequestQuery.isReadable(request)
        && !hasBody()
        && isMadeByAWebSocket();
  }

  private boolean isOnly(String header, String value) {
    List<String> values = Collections.list(request.getHeaders(header));
    return values.size() == 1 && values.get(0).strip().equalsIgnoreCase(value);
  }

  private boolean hasToken(String header, String token) {
    return Collections.list(request.getHeaders(header)).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .anyMatch(each -> each.strip().equalsIgnoreCase(token));
  }

  private boolean hasNonce() {
    List<String> keys = Collections.list(request.getHeaders(KEY));
    return keys.size() == 1 && NONCE.matcher(keys.get(0).strip()).matches();
  }

  private boolean hasBody() {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /**
   * Returns whether a WebSocket may have sent the request, and not a page's image, script or {@code
   * fetch}. A browser that sends a mode with the handshake sends {@code websocket} (Fetch Metadata,
   * section 2.2); browsers and other clients that send none are let in.
   */
  private boolean isMadeByAWebSocket() {
    List<String> modes = Collections.list(request.getHeaders("Sec-Fetch-Mode"));
    return modes.stream().allMatch("websocket"::equalsIgnoreCase);
  }

  /** Returns whether the version is there once, and is the version that both servers speak. */
  boolean isVersionKnown() {
    return isOnly("Sec-WebSocket-Version", VERSION);
  }
}
