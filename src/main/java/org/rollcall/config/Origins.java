package org.rollcall.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The web pages that may connect and read counts, by their origin (RFC 6454).
 *
 * <p>If origins are listed, the list alone counts: the header {@code Host} is of the client's
 * choice, also that of a browser whose page has had its own name point to this server (DNS
 * rebinding).
 */
public final class Origins {
  private static final String NAME = "rollcall.origins";
  private static final Set<String> OF_SOCKETS = Set.of("ws", "wss");

  private final Set<WebOrigin> listed;
  private final boolean all;

  private Origins(Set<WebOrigin> listed, boolean all) {
    this.listed = listed;
    this.all = all;
  }

  static Origins read(SettingSource settingSource) {
    List<String> texts = settingSource.list(NAME, "");
    if (texts.equals(List.of("*"))) {
      return new Origins(Set.of(), true);
    }
    Set<WebOrigin> listed =
        settingSource.part(
            Set.of(), () -> texts.stream().map(Origins::origin).collect(Collectors.toSet()));
    return new Origins(listed, false);
  }

  private static WebOrigin origin(String text) {
    return WebOrigin.parse(text)
        .filter(origin -> !OF_SOCKETS.contains(origin.scheme()))
        .orElseThrow(
            () -> new WrongSetting(NAME, "origins such as https://example.org, or * alone", text));
  }

  /** Returns whether origins are listed, and the list alone counts. */
  public boolean isList() {
    return !listed.isEmpty();
  }

  /** Returns whether every origin is allowed. */
  public boolean all() {
    return all;
  }

  /**
   * Returns whether a page may connect: if it is listed, or, where no origin is, if it is of the
   * same origin as the server.
   *
   * @param origin the header {@code Origin}, which programs other than browsers leave out
   * @param host the header {@code Host}
   */
  public boolean mayConnect(@Nullable String origin, @Nullable String host) {
    return origin == null || all || (listed.isEmpty() ? isSame(origin, host) : isListed(origin));
  }

  /** Returns whether an origin is named by the setting. */
  public boolean isListed(String origin) {
    return WebOrigin.parse(origin).filter(listed::contains).isPresent();
  }

  /**
   * Returns whether a request comes from a page of the server itself, by the headers that the
   * browser sends about the page: {@code Sec-Fetch-Site} (Fetch Metadata), or {@code Origin} if it
   * does not say that.
   *
   * <p>The list plays no part: it lets pages connect and read counts. A page of another name for
   * this server has none of the cookies that this guards.
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
   * Returns the value of {@code Access-Control-Allow-Origin} for a page that may read counts (Fetch
   * standard, CORS protocol); nothing for any other, of the server itself too.
   */
  public Optional<String> reader(@Nullable String origin) {
    return Optional.ofNullable(origin)
        .filter(page -> all || isListed(page))
        .map(page -> all ? "*" : page);
  }

  /** Returns the list, in order. */
  @Override
  public String toString() {
    return all ? "*" : listed.stream().map(WebOrigin::toString).sorted().toList().toString();
  }

  private static boolean isSame(String origin, @Nullable String host) {
    Optional<WebOrigin> page = WebOrigin.parse(origin);
    return host != null && page.isPresent() && page.get().isHost(host);
  }
}
