package org.rollcall.login;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers of the issuer from the container's log-in if they come without the session in which
 * a log-in began: that log-in is over, or on another node.
 *
 * <p>Soteria 3.0 takes every address with {@code code} and {@code state} for an answer, and fails
 * with a stack trace, on WildFly for the browser to read, if no log-in has begun (its issue 339).
 */
@Interceptor
@OpenIdGuarded
@Priority(Interceptor.Priority.APPLICATION)
public class StrayCallbackInterceptor {
  /** Calls the log-in, or lets the sender of a stray answer go on as an anonymous user. */
  @AroundInvoke
  @Nullable Object check(InvocationContext call) throws Exception {
    if (call.getMethod().getName().equals("validateRequest")
        && call.getParameters()[0] instanceof HttpServletRequest request
        && call.getParameters()[2] instanceof HttpMessageContext context
        && isStray(request)) {
      return context.doNothing();
    }
    return call.proceed();
  }

  private static boolean isStray(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        && request.getSession(false) == null
        && request.getParameter("code") != null
        && request.getParameter("state") != null;
  }
}
