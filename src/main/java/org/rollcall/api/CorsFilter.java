package org.rollcall.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.rollcall.config.Origins;
import org.rollcall.config.Settings;

/**
 * Lets pages of the allowed origins read counts (Fetch standard, CORS protocol). Nothing else of
 * the API is for other origins' pages.
 */
@Provider
public class CorsFilter implements ContainerResponseFilter {
  @Inject private Settings settings;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    String path = request.getUriInfo().getPath().replaceFirst("^/", "");
    if (!path.startsWith("counts")) {
      return;
    }
    Origins origins = settings.web().origins();
    MultivaluedMap<String, Object> headers = response.getHeaders();
    if (!origins.all()) {
      headers.add(HttpHeaders.VARY, "Origin");
    }
    Optional<String> reader = origins.reader(request.getHeaderString("Origin"));
    if (reader.isEmpty()) {
      return;
    }
    headers.putSingle("Access-Control-Allow-Origin", reader.get());
    headers.putSingle("Access-Control-Expose-Headers", HttpHeaders.ETAG);
    if (request.getMethod().equals("OPTIONS")) {
      boolean posts = path.equals("counts");
      headers.putSingle("Access-Control-Allow-Methods", posts ? "GET, POST" : "GET");
      headers.putSingle(
          "Access-Control-Allow-Headers",
          posts
              ? HttpHeaders.IF_NONE_MATCH + ", " + HttpHeaders.CONTENT_TYPE
              : HttpHeaders.IF_NONE_MATCH);
      headers.putSingle("Access-Control-Max-Age", "3600");
    }
  }
}
