package org.rollcall.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The query of a request, as the client spelt it. */
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
}
