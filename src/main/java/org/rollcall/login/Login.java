package org.rollcall.login;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.ContainerUsers;

/**
 * Where a browser goes to log in, and where the issuer sends it back to; from there it goes on to
 * the page. Without an issuer, the container logs in as it is set up to.
 */
@WebServlet({Login.ADDRESS, Login.CALLBACK})
public class Login extends HttpServlet {
  static final String ADDRESS = "/login";
  static final String CALLBACK = "/login/callback";

  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;
  @Inject private transient ContainerUsers users;
  @Inject private transient Instance<SecurityContext> security;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.setHeader("Cache-Control", "no-store");
    @Nullable Principal principal = request.getUserPrincipal();
    if (principal != null && users.find(principal, request::isUserInRole).isPresent()) {
      response.sendRedirect(request.getContextPath() + "/");
    } else if (request.getServletPath().equals(CALLBACK) && request.getSession(false) == null) {
      // The session in which the log-in began is over, or on another node.
      response.sendRedirect(request.getContextPath() + "/");
    } else if (request.getServletPath().equals(CALLBACK)) {
      // Here only a log-in that failed ends up, or one of a user whose id cannot be one.
      Sessions.end(request);
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    } else if (principal != null) {
      // The log-in has ended elsewhere; the container's session does not know.
      Sessions.end(request);
      response.sendRedirect(request.getContextPath() + ADDRESS);
    } else if (begin(request, response)) {
      response.sendRedirect(request.getContextPath() + "/");
    }
  }

  /** Tells whether the user is logged in already; if not, the response leads on. */
  private boolean begin(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (settings.tokens().oidc().flatMap(OidcSettings::client).isEmpty()) {
      return request.authenticate(response);
    }
    AuthenticationStatus status =
        security.get().authenticate(request, response, AuthenticationParameters.withParams());
    if (status != AuthenticationStatus.SUCCESS
        && !response.isCommitted()
        && status != AuthenticationStatus.SEND_CONTINUE) {
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
    }
    return status == AuthenticationStatus.SUCCESS;
  }
}
