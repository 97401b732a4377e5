package org.rollcall.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A handshake that the filter has admitted, as the container's WebSocket sees it.
 *
 * <p>It has no query: the filter has read it. Both containers keep copies of the query for as long
 * as the connection lives, and in it the client's token.
 */
final class AdmittedRequest extends HttpServletRequestWrapper {
  private final HandshakePrincipal principal;

  AdmittedRequest(HttpServletRequest request, HandshakePrincipal principal) {
    super(request);
    this.principal = principal;
  }

  @Override
  public Principal getUserPrincipal() {
    return principal;
  }

  /** Returns the address: Tyrus asks at each handshake, and the name takes a look-up in the DNS. */
  @Override
  public String getLocalName() {
    return getLocalAddr();
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public @Nullable String getParameter(String name) {
    return null;
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return null;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Map.of();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.emptyEnumeration();
  }
}
