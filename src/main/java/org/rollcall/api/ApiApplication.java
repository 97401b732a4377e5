package org.rollcall.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** All resources, below {@code /api}. */
@ApplicationPath("/api")
public class ApiApplication extends Application {
  /** Switches off Jersey's description of all resources (WADL), which is for anyone to read. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
