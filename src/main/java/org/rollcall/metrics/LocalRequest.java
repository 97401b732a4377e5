package org.rollcall.metrics;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a request comes from a process on this machine that addresses this very server.
 *
 * <p>The address of the connection is not enough: it is also a proxy's on the same machine. So no
 * header may say that a proxy has passed the request on, and {@code Host} has to be this machine's
 * name for itself, which neither a page of another site (DNS rebinding) nor a proxy that keeps
 * {@code Host} sends.
 */
final class LocalRequest {
  private static final Set<String> OF_PROXIES =
      Set.of(
          "cf-connecting-ip",
          "client-ip",
          "fastly-client-ip",
          "forwarded",
          "true-client-ip",
          "via",
          "x-client-ip",
          "x-cluster-client-ip",
          "x-original-forwarded-for",
          "x-real-ip");

  /** An address, of which no name is ever looked up. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]+(%\\w+)?]?");

  private LocalRequest() {}

  /** Returns whether a request is one. */
  static boolean isOne(HttpServletRequest request) {
    return !isPassedOn(request)
        && isLoopback(request.getRemoteAddr())
        && isOwnName(request.getServerName());
  }

  private static boolean isPassedOn(HttpServletRequest request) {
    return Collections.list(request.getHeaderNames()).stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.startsWith("x-forwarded") || OF_PROXIES.contains(name));
  }

  private static boolean isOwnName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost") || isLoopback(name);
  }

  static boolean isLoopback(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      return false;
    }
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
