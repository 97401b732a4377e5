package org.rollcall.login;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.RareWarning;

/**
 * Takes note of log-ins that fail because the issuer does not answer, or not as expected, so that
 * {@link Login} can tell the visitor.
 *
 * <p>Soteria 3.0 throws whatever it meets then, and the container's page would be that of an error
 * inside. It remembers no failure: it asks the issuer again with the next log-in. Called on the
 * container's threads.
 */
@Interceptor
@Guarded
@Priority(Interceptor.Priority.APPLICATION)
public class IssuerTroubles {
  private static final String MET = IssuerTroubles.class.getName();
  private static final RareWarning WARNING = new RareWarning(System.getLogger(MET));

  /** Tells whether a request's log-in has failed so. */
  static boolean met(HttpServletRequest request) {
    return request.getAttribute(MET) != null;
  }

  /** Lets whoever meets trouble at one of the log-in's addresses pass as nobody. */
  @AroundInvoke
  @Nullable Object check(InvocationContext call) throws Exception {
    try {
      return call.proceed();
    } catch (RuntimeException | AuthenticationException e) {
      if (call.getMethod().getName().equals("validateRequest")
          && call.getParameters()[0] instanceof HttpServletRequest request
          && call.getParameters()[2] instanceof HttpMessageContext context
          && Login.isAt(request)) {
        request.setAttribute(MET, true);
        WARNING.log(
            "Nobody can log in: the issuer does not answer, or not as expected (" + types(e) + ")");
        // Whoever has asked for the log-in has the answer in hand.
        return context.isAuthenticationRequest()
            ? AuthenticationStatus.SEND_CONTINUE
            : context.doNothing();
      }
      throw e;
    }
  }

  /** Not the messages: they may hold the issuer's answer. */
  private static String types(Throwable trouble) {
    return Stream.<@Nullable Throwable>iterate(
            trouble, cause -> cause != null, cause -> cause == null ? null : cause.getCause())
        .limit(5)
        .map(cause -> cause == null ? "" : cause.getClass().getSimpleName())
        .collect(Collectors.joining(": "));
  }
}
