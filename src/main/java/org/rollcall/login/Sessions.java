package org.rollcall.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** The container's sessions. */
final class Sessions {
  private Sessions() {}

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
