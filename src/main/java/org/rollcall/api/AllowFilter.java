package org.rollcall.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the methods that an address takes, in the same spelling on each server, into the answers
 * 405 and to {@code OPTIONS}: {@code Allow: GET, HEAD, OPTIONS} (RFC 9110, section 10.2.1). The
 * body of an answer to {@code OPTIONS} is empty.
 */
@Provider
public class AllowFilter implements ContainerResponseFilter {
  private static final List<String> ORDER =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");
  private static final int NO_CONTENT = 204;
  private static final int NOT_ALLOWED = 405;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    @Nullable List<Object> given = response.getHeaders().get(HttpHeaders.ALLOW);
    boolean asked = request.getMethod().equals("OPTIONS") && response.getStatus() < 300;
    if (given == null || !(asked || response.getStatus() == NOT_ALLOWED)) {
      return;
    }
    Set<String> methods = new TreeSet<>();
    for (Object line : given) {
      methods.addAll(List.of(line.toString().toUpperCase(Locale.ROOT).split("[\\s,]+", -1)));
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    String allow = ORDER.stream().filter(methods::contains).collect(Collectors.joining(", "));
    response.getHeaders().putSingle(HttpHeaders.ALLOW, allow);
    if (asked) {
      response.setEntity(null);
      response.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
      response.setStatus(NO_CONTENT);
    }
  }
}
