package org.rollcall.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numeric addresses as text; no name is ever looked up. */
final class IpAddress {
  private static final Pattern V4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern V6 = Pattern.compile("(?!\\.)[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern PORT =
      Pattern.compile("\\[([^\\]]*)\\](:\\d{1,5})?|([^:]*):\\d{1,5}");
  private static final int NETWORK = 8;

  private IpAddress() {}

  /** Reads an address of version 4 or 6; a port, brackets and a zone are left out. */
  static Optional<InetAddress> parse(String text) {
    var port = PORT.matcher(text.strip());
    String bare = text.strip();
    if (port.matches()) {
      bare = port.group(1) == null ? port.group(3) : port.group(1);
    }
    int zone = bare.indexOf('%');
    String address = zone < 0 ? bare : bare.substring(0, zone);
    if (!V4.matcher(address).matches() && !V6.matcher(address).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns what one client is known by: its address, or of one of version 6 the network of 64
   * bits, of which each subscriber has at least one.
   */
  static String key(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, NETWORK) + "::/64"
        : address.getHostAddress();
  }
}
