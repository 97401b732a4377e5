package org.rollcall.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, as the client spelt it.
 *
 * <p>A request that becomes a connection is read here, not by the server: Grizzly keeps what it
 * needs to decode parameters, 4 KB, for as long as the connection lives. Safe for many threads.
 */
public final class RequestQuery {
  private RequestQuery() {}

  /**
   * Returns whether both servers can read the query. Payara leaves out a parameter with a broken
   * escape, so that a wrong token is none, and Tyrus fails at it, and at a character that an
   * address may not have, after it has opened the connection.
   */
  public static boolean isReadable(HttpServletRequest request) {
    @Nullable String query = request.getQueryString();
    try {
      return query == null || query.equals(new URI("?" + query).getRawQuery());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Returns the first of {@link #values}; null if there is none. */
  public static @Nullable String first(HttpServletRequest request, String name) {
    List<String> values = values(request, name);
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * Returns the decoded values of a parameter in the query's order. A value with a broken escape is
   * returned as the client spelt it, so that a token of that kind is a wrong one, not a missing
   * one.
   */
  public static List<String> values(HttpServletRequest request, String name) {
    @Nullable String query = request.getQueryString();
    if (query == null) {
      return List.of();
    }
    List<String> values = new ArrayList<>(1);
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String spelt = equals < 0 ? parameter : parameter.substring(0, equals);
      if (decoded(spelt).equals(name)) {
        values.add(equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decoded(String spelt) {
    try {
      return URLDecoder.decode(spelt, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return spelt;
    }
  }
}
