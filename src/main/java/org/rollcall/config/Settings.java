package org.rollcall.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * All settings of this deployment.
 *
 * @param node this node's name and how it finds the others
 * @param tokens who may connect
 * @param web which pages may connect, and what is shown to them
 * @param channels the kinds of channels and their limits
 * @param friends where it is known whom a user may see
 */
public record Settings(
    Node node, TokenSettings tokens, Web web, ChannelSettings channels, FriendSettings friends) {

  private static final String DEMO = "rollcall.demo";
  private static final String DEMO_ADDRESS = "rollcall.demo.address";

  /**
   * This node.
   *
   * @param name its name, unique in the cluster
   * @param cluster how it finds the others, if there are any
   * @param grace how long a user stays present after a connection was lost
   * @param graceAway the same after a page was closed or left
   * @param startAndStop how long it takes to begin and to end
   */
  public record Node(
      String name,
      ClusterSettings cluster,
      Duration grace,
      Duration graceAway,
      StartAndStop startAndStop) {}

  /**
   * How long a node takes to begin and to end.
   *
   * @param warmUp how long joins are rehearsed before it starts; zero for not at all
   * @param drain how long the closing of all connections may take when it stops
   */
  public record StartAndStop(Duration warmUp, Duration drain) {}

  /**
   * The settings for clients and pages.
   *
   * @param connections how many may connect, and how fast
   * @param bodies how long it waits for the bodies of requests
   * @param origins the pages that may connect
   * @param page the demo
   * @param metrics who may read the metrics
   */
  public record Web(
      ConnectionSettings connections,
      BodySettings bodies,
      Origins origins,
      Demo page,
      MetricsReaders metrics) {
    /** Returns whether the demo is on. */
    public boolean demo() {
      return page.on();
    }
  }

  /**
   * The demo.
   *
   * @param on whether there is one: a page, 24 people, and a token for anyone
   * @param address where a browser finds it, if it is to be announced
   */
  public record Demo(boolean on, Optional<URI> address) {}

  /**
   * Reads the settings of the running deployment.
   *
   * @throws WrongSetting for all that cannot be understood
   */
  public static Settings read() {
    Config config = ConfigProvider.getConfig();
    return read(name -> config.getOptionalValue(name, String.class));
  }

  /**
   * Returns a sentence for each name that was set as if it were a setting, and is none. It has no
   * value.
   */
  public static List<String> unknown() {
    return SettingNames.unknown(ConfigProvider.getConfig().getPropertyNames());
  }

  /**
   * Reads settings from any source.
   *
   * @param lookup returns a setting's text, if it is set
   * @throws WrongSetting for all that cannot be understood
   */
  public static Settings read(Function<String, Optional<String>> lookup) {
    SettingSource settingSource = new SettingSource(lookup);
    Node node = node(settingSource);
    TokenSettings tokens = TokenSettings.read(settingSource);
    settingSource.check(() -> requireSharedSecret(node.cluster(), tokens));
    Settings settings =
        new Settings(
            node,
            tokens,
            web(settingSource),
            ChannelSettings.read(settingSource),
            FriendSettings.read(settingSource));
    settingSource.requireUnderstood();
    return settings;
  }

  private static Web web(SettingSource settingSource) {
    return new Web(
        ConnectionSettings.read(settingSource),
        BodySettings.read(settingSource),
        Origins.read(settingSource),
        new Demo(
            settingSource.flag(DEMO, false),
            settingSource.part(
                Optional.empty(), () -> settingSource.text(DEMO_ADDRESS).map(Settings::address))),
        MetricsReaders.read(settingSource));
  }

  /**
   * Returns a warning if managed friends are kept in a database inside the server: other nodes do
   * not share it, and it may end with the server. The demo's people are the same on every node and
   * after each start, so they need none.
   */
  public Optional<String> friendsWarning() {
    if (friends.kind() != FriendSettings.Kind.MANAGED || friends.data().chosen() || web.demo()) {
      return Optional.empty();
    }
    return Optional.of(
        node.cluster().kind() == ClusterSettings.Kind.LOCAL
            ? "Friends are kept in a database inside the server (rollcall.datasource is not set):"
                + " they may be lost when the server stops"
            : "Each node keeps friends in a database of its own (rollcall.datasource is not set):"
                + " a change on one node does not reach the others");
  }

  /** A user who logs in on one node may connect to another node, with a token of the first. */
  private static void requireSharedSecret(ClusterSettings cluster, TokenSettings tokens) {
    boolean login = tokens.oidc().flatMap(OidcSettings::client).isPresent();
    boolean alone = cluster.kind() == ClusterSettings.Kind.LOCAL;
    if (login && !alone && tokens.secret().isEmpty() && cluster.secret().isEmpty()) {
      throw new WrongSetting(
          "rollcall.cluster.secret",
          "a secret that all nodes share, or rollcall.token.secret, as rollcall.oidc.client-id is"
              + " set",
          "nothing");
    }
  }

  private static Node node(SettingSource settingSource) {
    Duration day = Duration.ofDays(1);
    String name = settingSource.text("rollcall.node").orElseGet(Settings::anyName);
    settingSource.check(() -> requireName(name));
    return new Node(
        name,
        ClusterSettings.read(settingSource),
        settingSource.duration("rollcall.grace", Duration.ofSeconds(10), Duration.ZERO, day),
        settingSource.duration("rollcall.grace.away", Duration.ofSeconds(2), Duration.ZERO, day),
        new StartAndStop(
            settingSource.duration(
                "rollcall.warmup", Duration.ofSeconds(2), Duration.ZERO, Duration.ofMinutes(1)),
            settingSource.duration(
                "rollcall.drain", Duration.ofSeconds(5), Duration.ZERO, Duration.ofMinutes(5))));
  }

  private static void requireName(String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw new WrongSetting("rollcall.node", "1 to 64 letters, digits, dots or hyphens", name);
    }
  }

  private static URI address(String text) {
    try {
      URI address = URI.create(text);
      if ("http".equals(address.getScheme()) && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the sentence
    }
    throw new WrongSetting(DEMO_ADDRESS, "an http address", text);
  }

  private static String anyName() {
    return "node-"
        + Long.toString(System.nanoTime() & 0xffffffL, Character.MAX_RADIX)
        + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
  }
}
