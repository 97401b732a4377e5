package org.rollcall.config;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a web page (RFC 6454): two are the same if scheme, host and port are, however they
 * are spelt.
 *
 * <p>A host that ends with a dot is another host, as it is to browsers. Names are in ASCII, as
 * browsers send them ({@code xn--}).
 *
 * @param scheme in lower case
 * @param host in lower case; an address of version 6 in brackets, in one spelling
 * @param port the scheme's own if none is written; -1 if the scheme has none either
 */
record WebOrigin(String scheme, String host, int port) {
  private static final String AUTHORITY = "(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._-]+)(?::(\\d{0,5}))?";
  private static final Pattern ORIGIN = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://" + AUTHORITY);
  private static final Pattern HOST = Pattern.compile(AUTHORITY);
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int LAST_PORT = 65_535;

  /** Reads an origin, such as a header {@code Origin} has; empty for any other text. */
  static Optional<WebOrigin> parse(String text) {
    Matcher parts = ORIGIN.matcher(text);
    return parts.matches()
        ? of(parts.group(1).toLowerCase(Locale.ROOT), parts.group(2), parts.group(3))
        : Optional.empty();
  }

  private static Optional<WebOrigin> of(String scheme, String host, String port) {
    int number = port == null || port.isEmpty() ? defaultPort(scheme) : Integer.parseInt(port);
    return number > LAST_PORT
        ? Optional.empty()
        : host(host).map(known -> new WebOrigin(scheme, known, number));
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http" -> HTTP_PORT;
      case "https" -> HTTPS_PORT;
      default -> -1;
    };
  }

  private static Optional<String> host(String text) {
    if (!text.startsWith("[")) {
      return Optional.of(text.toLowerCase(Locale.ROOT));
    }
    return IpAddress.parse(text).map(InetAddress::getHostAddress).map(host -> "[" + host + "]");
  }

  /** Returns it as browsers write it. */
  @Override
  public String toString() {
    boolean usual = port == defaultPort(scheme);
    return scheme + "://" + host + (usual ? "" : ":" + port);
  }

  /** Returns whether it is that of a web page, and not of an extension or an app. */
  boolean isOfTheWeb() {
    return scheme.equals("http") || scheme.equals("https");
  }

  /**
   * Returns whether a page of this origin asks its own server. The scheme is taken to be the
   * page's: a proxy that ends TLS hides it from the server.
   *
   * @param header the header {@code Host}
   */
  boolean isHost(String header) {
    Matcher parts = HOST.matcher(header);
    return isOfTheWeb()
        && parts.matches()
        && of(scheme, parts.group(1), parts.group(2)).filter(this::equals).isPresent();
  }
}
