package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private static Settings read(Map<String, String> settings) {
    return Settings.read(name -> Optional.ofNullable(settings.get(name)));
  }

  @Test
  void defaultsAreSafe() {
    Settings settings = read(Map.of());
    assertThat(settings.web().demo()).isFalse();
    assertThat(settings.tokens().secret()).isEmpty();
    assertThat(settings.tokens().anonymous()).isTrue();
    assertThat(settings.node().cluster().kind()).isEqualTo(ClusterSettings.Kind.LOCAL);
    assertThat(settings.node().grace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.channels().counting())
        .isEqualTo(
            new ChannelSettings.Counting(Duration.ofSeconds(1), 0, 1, Duration.ofMinutes(1)));
    assertThat(settings.friends().kind()).isEqualTo(FriendSettings.Kind.MANAGED);
    assertThat(settings.channels().isRoom("room:1")).isTrue();
    assertThat(settings.channels().isRoom("room:")).isFalse();
    assertThat(settings.channels().isCount("count:1")).isTrue();
  }

  @Test
  void limitsHaveDefaults() {
    TrustedProxies none = new TrustedProxies(Set.of());
    assertThat(read(Map.of()).web().connections())
        .isEqualTo(new ConnectionSettings(100, 10_000, 500, none, Duration.ofSeconds(2)));
    assertThat(read(Map.of()).channels().limits())
        .isEqualTo(
            new LimitSettings(
                new LimitSettings.Rates(50, 100, 1, 10, Duration.ofMillis(100)),
                100,
                new LimitSettings.Lengths(65_536, 8192, 200, 10, 2048),
                Duration.ofSeconds(3),
                new BudgetSettings(64_000_000, 4_000_000, 50_000, 2000)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rollcall.demo|yes|true or false",
        "rollcall.token.secret|short|a key of 32 bytes or more",
        "rollcall.friends|maybe|managed, sql, http, token or cdi",
        "rollcall.counts.interval|1s|an ISO 8601 duration",
        "rollcall.counts.interval|PT0S|an ISO 8601 duration",
        "rollcall.counts.floor|-1|a whole number",
        "rollcall.counts.round|0|a whole number",
        "rollcall.grace|-PT1S|an ISO 8601 duration",
        "rollcall.outbox.frames|many|a whole number",
        "rollcall.outbox.frames|1|a whole number",
        "rollcall.limits.connections.user|0|a whole number",
        "rollcall.limits.connections.address|-5|a whole number",
        "rollcall.limits.connects.address|often|a whole number",
        "rollcall.refusal.join|PT10S|an ISO 8601 duration",
        "rollcall.refusal.connect|PT1M|an ISO 8601 duration",
        "rollcall.proxies|proxy.example.org|addresses such as",
        "rollcall.limits.joins|0|a whole number",
        "rollcall.limits.events|fast|a whole number",
        "rollcall.limits.visibility|0|a whole number",
        "rollcall.limits.channels|0|a whole number",
        "rollcall.limits.frame|512|a whole number from 1024",
        "rollcall.limits.topic|5000|a whole number",
        "rollcall.limits.meta.keys|-1|a whole number",
        "rollcall.limits.meta.bytes|70000|a whole number",
        "rollcall.node|a b|letters, digits",
        "rollcall.cluster|mesh|local, tcp, udp, kubernetes or the path of a JGroups file",
        "rollcall.cluster.hosts|a[b]|hosts such as",
        "rollcall.cluster.bind|a b|an address",
        "rollcall.cluster.port|70000|a whole number",
        "rollcall.cluster.secret|short|a secret of 16 characters or more",
        "rollcall.origins|example.org|origins such as",
        "rollcall.origins|*,https://a.example|origins such as",
        "rollcall.origins|https://*.a.example|origins such as",
        "rollcall.origins|https://a.example/|origins such as",
        "rollcall.origins|https://a.example:70000|origins such as",
        "rollcall.origins|https://b\u00fccher.example|origins such as",
        "rollcall.origins|wss://a.example|origins such as",
        "rollcall.origins|https://[::x]|origins such as",
        "rollcall.origins|file://|origins such as",
        "rollcall.origins|null|origins such as",
        "rollcall.channels.rooms|*|topics such as room:*",
        "rollcall.channels.rooms|room:*x|topics such as room:*",
        "rollcall.channels.rooms|user:*|topics that do not touch",
        "rollcall.channels.rooms|u*|topics that do not touch",
        "rollcall.channels.counts|room:a|topics that are no rooms",
        "rollcall.demo.address|ftp://x|an http address",
        "rollcall.datasource|ldap://example.org/x|a JNDI name",
        "rollcall.oidc.issuer|http://sso.example.org|an https address (http on loopback only)",
        "rollcall.oidc.issuer|https://sso.example.org?a=b|an https address",
        "rollcall.oidc.issuer|sso.example.org|an https address",
      })
  void aSettingThatCannotBeUnderstoodIsNamedWithItsValue(
      String name, String value, String expected) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith(name + ": expected ")
        .hasMessageContaining(expected)
        .hasMessageContaining(name.contains("secret") ? "5 " : value.split(",", -1)[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "sql,rollcall.friends.sql,select 1",
    "sql,rollcall.friends.sql,''",
    "http,rollcall.friends.url,http://example.org/friends",
    "http,rollcall.friends.url,ftp://example.org/{id}",
    "http,rollcall.friends.url,{id}",
  })
  void aSourceOfFriendsNeedsItsQuestion(String kind, String name, String value) {
    assertThatThrownBy(() -> read(Map.of("rollcall.friends", kind, name, value)))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith(name + ": expected ");
  }

  @Test
  void theCredentialsOfAnAddressAreNotReported() {
    Map<String, String> settings =
        Map.of(
            "rollcall.friends",
            "http",
            "rollcall.friends.url",
            "http://joe:hun/ter@2@example.org/");
    assertThatThrownBy(() -> read(settings))
        .hasMessageEndingWith("but got http://***@example.org/");
  }

  @Test
  void aClusterOnKubernetesNeedsItsService() {
    assertThatThrownBy(() -> read(Map.of("rollcall.cluster", "kubernetes")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageStartingWith("rollcall.cluster.hosts: expected the DNS name");
  }

  @Test
  void hostsWithoutAPortHaveTheNodesOwn() {
    ClusterSettings cluster =
        read(Map.of(
                "rollcall.cluster", "tcp",
                "rollcall.cluster.port", "7900",
                "rollcall.cluster.hosts", "10.0.0.1, 10.0.0.2[7800]"))
            .node()
            .cluster();
    assertThat(cluster.hosts()).isEqualTo("10.0.0.1[7900],10.0.0.2[7800]");
  }

  @ParameterizedTest
  @CsvSource({
    "tcp,,,each node",
    "udp,managed,,each node",
    "tcp,managed,'',each node",
    "local,managed,,inside the server",
    "tcp,managed,jdbc/rollcall,",
    "tcp,managed,java:comp/DefaultDataSource,",
    "tcp,token,,",
  })
  void aDatabaseInsideTheServerIsWarnedOfUnlessTheDemoIsOn(
      String cluster,
      @Nullable String friends,
      @Nullable String dataSource,
      @Nullable String warning) {
    Map<String, String> settings = new HashMap<>();
    settings.put("rollcall.cluster", cluster);
    settings.put("rollcall.friends", friends);
    settings.put("rollcall.datasource", dataSource);
    Optional<String> sentence = read(settings).friendsWarning();
    assertThat(sentence.isPresent()).isEqualTo(warning != null);
    assertThat(sentence.orElse("")).containsIgnoringCase(warning == null ? "" : warning);
    settings.put("rollcall.demo", "true");
    assertThat(read(settings).friendsWarning()).isEmpty();
  }

  @Test
  void noSecretIsPrinted() {
    Map<String, String> others =
        Map.of(
            "rollcall.oidc.issuer", "https://sso.example.org",
            "rollcall.oidc.client-id", "rollcall",
            "rollcall.friends", "http",
            "rollcall.friends.url", "https://example.org/{id}");
    Set<String> secrets = new TreeSet<>();
    Settings settings =
        Settings.read(
            name -> {
              if (name.matches(".*(secret|authorization|password)")) {
                secrets.add(name);
                return Optional.of("kkk".repeat(20));
              }
              return Optional.ofNullable(others.get(name));
            });
    assertThat(settings.friends().authorization()).isPresent();
    assertThat(secrets)
        .containsExactly(
            "rollcall.cluster.secret",
            "rollcall.friends.authorization",
            "rollcall.oidc.client-secret",
            "rollcall.token.secret");
    assertThat(settings.toString()).doesNotContain("kkk");
  }

  @Test
  void anIssuerNeedsAnAudience() {
    assertThatThrownBy(() -> read(Map.of("rollcall.oidc.issuer", "https://sso.example.org")))
        .hasMessageStartingWith("rollcall.oidc.audience: expected ");
    OidcSettings oidc =
        read(Map.of(
                "rollcall.oidc.issuer", "https://sso.example.org/",
                "rollcall.oidc.client-id", "rollcall"))
            .tokens()
            .oidc()
            .orElseThrow();
    assertThat(oidc.audience()).isEqualTo("rollcall");
    String discovery = "https://sso.example.org/.well-known/openid-configuration";
    assertThat(oidc.discovery()).hasToString(discovery);
  }

  @Test
  void logInOnAClusterNeedsASharedSecret() {
    Map<String, String> settings =
        Map.of(
            "rollcall.oidc.issuer", "https://sso.example.org",
            "rollcall.oidc.client-id", "rollcall",
            "rollcall.cluster", "tcp");
    assertThatThrownBy(() -> read(settings))
        .hasMessageStartingWith("rollcall.cluster.secret: expected a secret that all nodes share");
  }

  @ParameterizedTest
  @CsvSource({"audience", "client-id", "client-secret"})
  void nothingOfAnIssuerIsSetWithoutIt(String name) {
    assertThatThrownBy(() -> read(Map.of("rollcall.oidc." + name, "x")))
        .hasMessageStartingWith("rollcall.oidc.issuer: expected ");
  }
}
