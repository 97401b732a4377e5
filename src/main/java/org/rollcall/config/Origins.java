package org.rollcall.config;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The web pages that may connect and read counts, by their origin (RFC 6454).
 *
 * @param allowed origins in lower case; empty means the same origin only
 * @param all whether every origin is allowed
 */
public record Origins(List<String> allowed, boolean all) {
  private static final String NAME = "rollcall.origins";

  static Origins read(Source source) {
    List<String> texts = source.list(NAME, "");
    if (texts.equals(List.of("*"))) {
      return new Origins(List.of(), true);
    }
    return new Origins(texts.stream().map(Origins::origin).toList(), false);
  }

  private static String origin(String text) {
    try {
      URI uri = URI.create(text);
      boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty();
      if (uri.getScheme() != null && uri.getHost() != null && bare && uri.getRawQuery() == null) {
        return text.toLowerCase(Locale.ROOT);
      }
    } catch (IllegalArgumentException e) {
      // falls through to the sentence
    }
    throw new WrongSetting(NAME, "origins such as https://example.org, or * alone", text);
  }

  /**
   * Tells whether a page may connect.
   *
   * @param origin the header {@code Origin}, which programs other than browsers leave out
   * @param host the header {@code Host}
   */
  public boolean mayConnect(@Nullable String origin, @Nullable String host) {
    return origin == null || all || isListed(origin) || isSame(origin, host);
  }

  /** Tells whether an origin is named by the setting. */
  public boolean isListed(String origin) {
    return allowed.contains(origin.toLowerCase(Locale.ROOT));
  }

  /**
   * Tells whether a request comes from a page of the server itself, by what the browser says of the
   * page: {@code Sec-Fetch-Site} (Fetch Metadata), or {@code Origin} if it does not say that.
   *
   * @param header returns a header of the request
   */
  public static boolean isOwnPage(Function<String, @Nullable String> header) {
    @Nullable String site = header.apply("Sec-Fetch-Site");
    @Nullable String origin = header.apply("Origin");
    return site == null
        ? origin != null && isSame(origin, header.apply("Host"))
        : site.equals("same-origin");
  }

  /**
   * Compares host and port only: a proxy that ends TLS hides the scheme of the page from the
   * server.
   */
  private static boolean isSame(String origin, @Nullable String host) {
    int at = origin.indexOf("://");
    return at > 0 && host != null && origin.substring(at + 3).equalsIgnoreCase(host);
  }
}
