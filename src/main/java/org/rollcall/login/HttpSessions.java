package org.rollcall.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** The container's sessions. */
final class HttpSessions {
  private HttpSessions() {}

  /**
   * Gives the request's session another id, if there is a session, so that an attacker who knew the
   * id before the log-in cannot use it. Payara 6 does so itself, WildFly 39 does not.
   */
  static void rename(HttpServletRequest request) {
    if (request.getSession(false) != null) {
      request.changeSessionId();
    }
  }

  /**
   * Ends the request's session, if there is one. Not by {@code logout()}: Soteria 3 then sends the
   * browser to the issuer, to log in again.
   */
  static void end(HttpServletRequest request) {
    @Nullable HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }
}
