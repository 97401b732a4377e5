package org.rollcall.api;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets administrators alone reach the resources that are {@link AdminOnly}: others get 401 or 403.
 */
@AdminOnly
@Provider
@Priority(Priorities.AUTHORIZATION)
public class AdminFilter implements ContainerRequestFilter {
  @Inject private CallerVerifier callers;

  @Override
  public void filter(ContainerRequestContext request) {
    callers.requireAdmin(request::getHeaderString);
  }
}
