package org.rollcall.login;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.Logout;
import org.rollcall.identity.Trust;

/**
 * Where the issuer tells that somebody has logged out (OpenID Connect Back-Channel Logout 1.0): 200
 * once every node knows, 400 for a token that is wrong or if a node does not answer. 404 if there
 * is no issuer.
 */
@WebServlet("/oidc/backchannel-logout")
public class BackChannelLogout extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Trust trust;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (trust.issuer().isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    @Nullable String token = request.getParameter("logout_token");
    Optional<Logout> logout =
        Optional.ofNullable(token).flatMap(trust.issuer().get()::verifyLogout);
    if (logout.isEmpty()) {
      refuse(response, "invalid_request");
    } else if (!trust.logouts().tell(logout.get())) {
      refuse(response, "temporarily_unavailable");
    }
  }

  private static void refuse(HttpServletResponse response, String error) throws IOException {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    response.setContentType("application/json");
    response.getWriter().write("{\"error\":\"" + error + "\"}");
  }
}
