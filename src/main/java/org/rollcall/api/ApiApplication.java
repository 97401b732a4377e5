package org.rollcall.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources, below {@code /api}. */
@ApplicationPath("/api")
public class ApiApplication extends Application {}
