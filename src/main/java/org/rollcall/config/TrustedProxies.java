package org.rollcall.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The proxies whose {@code X-Forwarded-For} names the client.
 *
 * @param trusted their addresses
 */
public record TrustedProxies(Set<InetAddress> trusted) {
  private static final String NAME = "rollcall.proxies";

  static TrustedProxies read(SettingSource settingSource) {
    return settingSource.part(
        new TrustedProxies(Set.of()),
        () ->
            new TrustedProxies(
                settingSource.list(NAME, "").stream()
                    .map(TrustedProxies::address)
                    .collect(Collectors.toSet())));
  }

  private static InetAddress address(String text) {
    return IpAddress.parse(text)
        .orElseThrow(
            () -> new WrongSetting(NAME, "addresses such as 10.0.0.5 or 2001:db8::5", text));
  }

  /**
   * Returns the address of the client that sent a request. Everyone can write {@code
   * X-Forwarded-For}, and each proxy appends the address from which it got the request. So the
   * header is read from its end, and only as far as trusted proxies have written it.
   *
   * @param remote the address of the connection
   * @param forwarded the values of {@code X-Forwarded-For}, each a list with commas
   * @return what this client, and nobody else, is known by
   */
  public String client(String remote, List<String> forwarded) {
    Optional<InetAddress> known = IpAddress.parse(remote);
    if (known.isEmpty()) {
      return remote;
    }
    InetAddress client = known.get();
    List<String> hops =
        forwarded.stream().flatMap(value -> Stream.of(value.split(",", -1))).toList();
    for (int i = hops.size() - 1; i >= 0 && trusted.contains(client); i--) {
      Optional<InetAddress> hop = IpAddress.parse(hops.get(i));
      if (hop.isEmpty()) {
        break;
      }
      client = hop.get();
    }
    return IpAddress.key(client);
  }
}
