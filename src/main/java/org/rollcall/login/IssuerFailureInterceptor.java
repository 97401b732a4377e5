package org.rollcall.login;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.concurrent.ExpiringPermits;
import org.rollcall.concurrent.ThrottledWarning;

/**
 * Notes log-ins that fail because the issuer does not answer, or not as expected, so that {@link
 * LoginServlet} can show the visitor why.
 *
 * <p>Soteria 3.0 throws any exception that it meets then, and the container's page would be that of
 * an error inside. It remembers no failure: it asks the issuer again with the next log-in. Called
 * on the container's threads, eight of which at most wait for the issuer; visitors who find them
 * all waiting requests are answered at once.
 */
@Interceptor
@OpenIdGuarded
@Priority(Interceptor.Priority.APPLICATION)
public class IssuerFailureInterceptor {
  private static final String MET = IssuerFailureInterceptor.class.getName();
  private static final ThrottledWarning WARNING = new ThrottledWarning(System.getLogger(MET));
  private static final ThrottledWarning FULL = new ThrottledWarning(System.getLogger(MET));
  private static final int MOST = 8;

  /** How many threads may wait for an issuer that never answers; a server may have only sixteen. */
  private static final int MOST_LOST = 4;

  /**
   * Soteria has no time-out: an issuer that accepts a request and never answers holds its thread
   * for ever.
   */
  private static final ExpiringPermits FREE =
      new ExpiringPermits(MOST, MOST_LOST, Duration.ofMinutes(1), System::nanoTime);

  /** Returns whether a request's log-in has failed so. */
  static boolean met(HttpServletRequest request) {
    return request.getAttribute(MET) != null;
  }

  /**
   * Calls the log-in. If it fails because of the issuer, lets the visitor go on as an anonymous
   * user.
   */
  @AroundInvoke
  @Nullable Object check(InvocationContext call) throws Exception {
    if (!(call.getMethod().getName().equals("validateRequest")
        && call.getParameters()[0] instanceof HttpServletRequest request
        && call.getParameters()[2] instanceof HttpMessageContext context)) {
      return call.proceed();
    }
    if (isNoLogIn(request, context)) {
      return context.doNothing();
    }
    return mayAsk(request) ? ask(call, request, context) : call.proceed();
  }

  /**
   * Returns whether a request neither begins nor ends a log-in, as only {@code GET} without a body
   * does that is no handshake. Soteria would read the parameters of its body, however slowly that
   * comes, or ask the issuer, before any filter sees the request.
   */
  private static boolean isNoLogIn(HttpServletRequest request, HttpMessageContext context) {
    boolean bare =
        request.getMethod().equals("GET")
            && !hasBody(request)
            && request.getHeader("Upgrade") == null;
    return !bare && !context.isProtected() && request.getUserPrincipal() == null;
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  private static boolean mayAsk(HttpServletRequest request) {
    return LoginServlet.isAt(request)
        || (request.getMethod().equals("GET") && request.getParameter("state") != null);
  }

  private static @Nullable Object ask(
      InvocationContext call, HttpServletRequest request, HttpMessageContext context)
      throws Exception {
    Optional<ExpiringPermits.Permit> permit = FREE.tryAcquire();
    if (permit.isEmpty()) {
      FULL.log("Nobody can log in right now: the issuer has not answered " + MOST + " log-ins yet");
      return refuse(request, context);
    }
    try {
      return call.proceed();
    } catch (RuntimeException | AuthenticationException e) {
      if (!LoginServlet.isAt(request)) {
        throw e;
      }
      WARNING.log(
          "Nobody can log in: the issuer does not answer, or not as expected (" + types(e) + ")");
      return refuse(request, context);
    } finally {
      permit.get().release();
    }
  }

  private static AuthenticationStatus refuse(
      HttpServletRequest request, HttpMessageContext context) {
    request.setAttribute(MET, true);
    // The request for the log-in has its answer already.
    return context.isAuthenticationRequest()
        ? AuthenticationStatus.SEND_CONTINUE
        : context.doNothing();
  }

  /**
   * Returns the classes of the causes, without their messages, which may hold the issuer's answer.
   */
  private static String types(Throwable trouble) {
    return Stream.<@Nullable Throwable>iterate(
            trouble, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
        .limit(5)
        .map(cause -> cause == null ? "" : cause.getClass().getSimpleName())
        .collect(Collectors.joining(": "));
  }
}
