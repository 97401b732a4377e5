package org.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WrongSettingsTest {
  private static final Map<String, String> WRONG =
      Map.ofEntries(
          Map.entry("rollcall.anonymous", "maybe"),
          Map.entry("rollcall.channels.counts", "count*:"),
          Map.entry("rollcall.channels.rooms", "*"),
          Map.entry("rollcall.cluster", "mesh"),
          Map.entry("rollcall.cluster.bind", "a b"),
          Map.entry("rollcall.cluster.hosts", "a[b]"),
          Map.entry("rollcall.cluster.port", "no"),
          Map.entry("rollcall.cluster.secret", "short"),
          Map.entry("rollcall.counts.interval", "1s"),
          Map.entry("rollcall.counts.floor", "-1"),
          Map.entry("rollcall.datasource", "ldap://example.org"),
          Map.entry("rollcall.demo", "yes"),
          Map.entry("rollcall.demo.address", "ftp://x"),
          Map.entry("rollcall.friends", "some"),
          Map.entry("rollcall.friends.limit", "0"),
          Map.entry("rollcall.limits.frame", "12"),
          Map.entry("rollcall.metrics", "127.0.0.1"),
          Map.entry("rollcall.node", "a b"),
          Map.entry("rollcall.oidc.issuer", "http://sso.example.org"),
          Map.entry("rollcall.origins", "example.org"),
          Map.entry("rollcall.proxies", "proxy"),
          Map.entry("rollcall.token.secret", "short"));

  private static Throwable wrong(Map<String, String> settings) {
    return catchThrowable(() -> Settings.read(name -> Optional.ofNullable(settings.get(name))));
  }

  @Test
  void allWrongSettingsAreNamedAtOnceAndEachOnce() {
    String sentences = String.valueOf(wrong(WRONG).getMessage());
    assertThat(WRONG.keySet())
        .allSatisfy(name -> assertThat(sentences.split(name + ": expected ", -1)).hasSize(2));
  }

  @Test
  void missingSettingsAreNamedBesideWrongOnes() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("rollcall.friends", "http");
    settings.put("rollcall.cluster", "kubernetes");
    settings.put("rollcall.oidc.client-secret", "x");
    settings.put("rollcall.oidc.issuer", "https://sso.example.org");
    settings.put("rollcall.token.audience", "us");
    assertThat(wrong(settings))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContainingAll(
            "rollcall.friends.url: expected ",
            "rollcall.cluster.hosts: expected ",
            "rollcall.oidc.client-id: expected ",
            "rollcall.token.secret: expected ");
  }

  @Test
  void aWrongSettingIsNotTakenForAMissingOne() {
    Map<String, String> settings =
        Map.of(
            "rollcall.friends", "http",
            "rollcall.friends.url", "friends",
            "rollcall.friends.authorization", "Bearer x",
            "rollcall.token.secret", "short",
            "rollcall.token.audience", "us");
    assertThat(wrong(settings))
        .hasMessage(
            "rollcall.token.secret: expected a key of 32 bytes or more, but got 5 bytes;"
                + " rollcall.friends.url: expected an http or https address with {id} in its path"
                + " or query, which answers with a JSON array, but got friends");
  }

  @Test
  void oneWrongSettingIsOneSentence() {
    assertThatThrownBy(
            () ->
                Settings.read(
                    name -> Optional.ofNullable(Map.of("rollcall.node", "a b").get(name))))
        .hasMessage(
            "rollcall.node: expected 1 to 64 letters, digits, dots or hyphens, but got a b");
  }
}
