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
import org.rollcall.concurrent.ThrottledWarning;
import org.rollcall.config.OidcSettings;
import org.rollcall.config.Settings;
import org.rollcall.identity.UserId;
import org.rollcall.identity.oidc.ContainerUsers;

/**
 * Logs a browser in: the page sends it here, the issuer sends it back here, and from here it goes
 * on to the page. Without an issuer, the container logs in as it is set up to. A user who cannot be
 * logged in gets a sentence with the reason.
 */
@WebServlet(
    value = {LoginServlet.ADDRESS, LoginServlet.CALLBACK},
    asyncSupported = true)
public class LoginServlet extends HttpServlet {
  static final String ADDRESS = "/login";
  static final String CALLBACK = "/login/callback";

  private static final long serialVersionUID = 1L;

  private final transient ThrottledWarning strange =
      new ThrottledWarning(System.getLogger(LoginServlet.class.getName()));

  @Inject private transient Settings settings;
  @Inject private transient ContainerUsers users;
  @Inject private transient Instance<SecurityContext> security;

  /** Returns whether a request is for one of the log-in's addresses. */
  static boolean isAt(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return path.equals(ADDRESS) || path.equals(CALLBACK);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    @Nullable Principal principal = request.getUserPrincipal();
    boolean back = request.getServletPath().equals(CALLBACK);
    if (IssuerFailureInterceptor.met(request)) {
      unavailable(response);
    } else if (principal != null && users.find(principal, request::isUserInRole).isPresent()) {
      if (back) {
        HttpSessions.rename(request);
      }
      response.sendRedirect(request.getContextPath() + "/");
    } else if (principal != null && users.fault(principal).isPresent()) {
      String fault = users.fault(principal).get();
      HttpSessions.end(request);
      refuse(response, fault);
    } else if (back && request.getSession(false) == null) {
      // The session in which the log-in began is over, or on another node.
      response.sendRedirect(request.getContextPath() + "/");
    } else if (back) {
      // Here only a log-in that failed ends up.
      HttpSessions.end(request);
      failed(response);
    } else if (principal != null) {
      // The log-in has ended elsewhere; the container's session does not know.
      HttpSessions.end(request);
      response.sendRedirect(request.getContextPath() + ADDRESS);
    } else if (begin(request, response)) {
      response.sendRedirect(request.getContextPath() + "/");
    }
  }

  /** Returns whether the user is logged in already; if not, the response leads on. */
  private boolean begin(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (settings.tokens().oidc().flatMap(OidcSettings::client).isEmpty()) {
      return asked(request, response);
    }
    AuthenticationStatus status =
        security.get().authenticate(request, response, AuthenticationParameters.withParams());
    if (IssuerFailureInterceptor.met(request)) {
      unavailable(response);
    } else if (status != AuthenticationStatus.SUCCESS
        && status != AuthenticationStatus.SEND_CONTINUE) {
      failed(response);
    }
    return status == AuthenticationStatus.SUCCESS;
  }

  /** Has the container authenticate the user in its own way, if it has one. */
  private static boolean asked(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      return request.authenticate(response);
    } catch (ServletException e) {
      // WildFly, where nothing is set up: for the caller to answer, as the interface has it.
      failed(response);
      return false;
    }
  }

  private void refuse(HttpServletResponse response, String fault) throws IOException {
    String rule = "expected " + UserId.EXPECTED + ", but got " + fault;
    strange.log("A name that the server has logged in cannot be a user id: " + rule);
    PlainTextPage.answer(
        response,
        HttpServletResponse.SC_FORBIDDEN,
        "You are logged in, but your name cannot be used here: " + rule + ".");
  }

  private static void failed(HttpServletResponse response) throws IOException {
    PlainTextPage.answer(
        response,
        HttpServletResponse.SC_FORBIDDEN,
        "You could not be logged in. Please try again.");
  }

  private static void unavailable(HttpServletResponse response) throws IOException {
    response.setHeader("Retry-After", "60");
    PlainTextPage.answer(
        response,
        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
        "Nobody can log in right now, as the sign-on service does not answer as it should. Please"
            + " try again in a minute.");
  }
}
