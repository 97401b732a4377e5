package org.rollcall.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.testing.MemoryLogouts;
import org.rollcall.testing.TestToken;

class ConnectTokensTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final User ADA =
      new User(
          "7",
          Optional.of("Ada"),
          Set.of("a"),
          Optional.of(Set.of("8")),
          new User.Grant(
              Optional.of("session"),
              Optional.of("issuers-7"),
              Optional.of(Instant.ofEpochMilli(1234)),
              Optional.of(Instant.ofEpochMilli(1200)),
              Instant.MAX));

  private static ConnectTokens of(String... settings) {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      texts.put(settings[i], settings[i + 1]);
    }
    return ConnectTokens.of(Settings.read(name -> Optional.ofNullable(texts.get(name))));
  }

  @Test
  void aConnectTokenSaysAllOfItsUser() {
    ConnectTokens connect = of();
    User user = connect.verify(connect.mint(ADA)).orElseThrow();
    assertThat(user.id()).isEqualTo("7");
    assertThat(user.name()).contains("Ada");
    assertThat(user.groups()).containsExactly("a");
    assertThat(user.friends()).contains(Set.of("8"));
    assertThat(user.session()).contains("session");
    assertThat(user.subject()).contains("issuers-7");
    assertThat(user.login()).isEqualTo(ADA.login());
    assertThat(user.grant().authenticated()).isEqualTo(ADA.grant().authenticated());
    assertThat(user.until()).isBefore(Instant.now().plus(ConnectTokens.LIFE).plusSeconds(1));
  }

  @Test
  void aConnectTokenIsOfTheLogInOfItsUserOrOfNone() {
    ConnectTokens connect = of();
    User none =
        new User("7", Optional.empty(), Set.of(), Optional.empty(), User.Grant.until(Instant.MAX));
    User user = connect.verify(connect.mint(none)).orElseThrow();
    assertThat(user.login()).isEmpty();
    assertThat(user.session()).isEmpty();
    assertThat(user.subject()).isEmpty();
  }

  @Test
  void nodesWithTheSameSecretBelieveEachOther() {
    String token = of("rollcall.token.secret", SECRET).mint(ADA);
    assertThat(of("rollcall.token.secret", SECRET).verify(token)).isPresent();
    assertThat(
            of("rollcall.cluster.secret", SECRET)
                .verify(of("rollcall.cluster.secret", SECRET).mint(ADA)))
        .isPresent();
    assertThat(of("rollcall.token.secret", SECRET + "x").verify(token)).isEmpty();
    assertThat(of().verify(of().mint(ADA))).isEmpty();
  }

  private static String forged(String secret, long issuedIn, long endsIn) {
    long now = Instant.now().getEpochSecond();
    String claims =
        "{\"sub\":\"7\",\"purpose\":\"connect\",\"iat\":%d,\"exp\":%d}"
            .formatted(now + issuedIn, now + endsIn);
    return TestToken.signed(claims, SecretKeys.derive(bytes(secret), "rollcall connect tokens"));
  }

  private static byte[] bytes(String secret) {
    return secret.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aConnectTokenIsGoodForAMinuteWhateverItSays() {
    ConnectTokens connect = of("rollcall.token.secret", SECRET);
    assertThat(connect.verify(forged(SECRET, 0, 60))).isPresent();
    assertThat(connect.verify(forged(SECRET, -59, 1))).isPresent();
    assertThat(connect.verify(forged(SECRET, 0, 31_536_000))).isEmpty();
    assertThat(connect.verify(forged(SECRET, 31_536_000, 31_536_060))).isEmpty();
    assertThat(connect.verify(forged(SECRET, -31_536_000, 60))).isEmpty();
    assertThat(connect.verify(forged(SECRET, 0, 90))).isEmpty();
    assertThat(connect.verify(forged(SECRET, 30, 60))).isEmpty();
    assertThat(connect.verify(forged(SECRET, -70, -10))).isEmpty();
  }

  @Test
  void aConnectTokenDoesNotHelpToGuessTheClustersSecret() {
    String secret = "sixteen letters.";
    ConnectTokens connect = of("rollcall.cluster.secret", secret);
    assertThat(connect.verify(connect.mint(ADA))).isPresent();
    assertThat(connect.verify(forged(secret, 0, 60))).isEmpty();
  }

  @Test
  void aConnectTokenIsGoodForConnectingOnly() {
    SharedSecretVerifier secret = new SharedSecretVerifier(SECRET, Optional.empty());
    ConnectTokens connect = of("rollcall.token.secret", SECRET);
    TokenVerifier all =
        new TokenVerifiers(
            secret,
            TokenVerifiers.NONE,
            connect,
            new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));
    String token = connect.mint(ADA);
    assertThat(all.verify(token)).isEmpty();
    assertThat(all.verifyToConnect(token)).isPresent();
    String other = TestToken.of("7").signedWith(SECRET);
    assertThat(all.verify(other)).isPresent();
    assertThat(all.verifyToConnect(other)).isPresent();
    assertThat(connect.verify(other)).isEmpty();
    assertThat(all.verifyToConnect("nonsense")).isEmpty();
  }

  @Test
  void aTokenWithTheTypeOfConnectTokensMeetsNoOtherKey() {
    ConnectTokens connect = of("rollcall.token.secret", SECRET);
    TokenVerifier all =
        new TokenVerifiers(
            token -> {
              throw new AssertionError("The back end's secret was asked");
            },
            TokenVerifiers.NONE,
            connect,
            new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));
    assertThat(all.verifyToConnect(connect.mint(ADA))).isPresent();
    String typed = "{\"alg\":\"HS256\",\"typ\":\"rollcall-connect+jwt\"}";
    String claims = "{\"sub\":\"7\",\"exp\":4000000000}";
    assertThat(all.verifyToConnect(TestToken.signed(typed, claims, bytes(SECRET)))).isEmpty();
    String demo = connect.mintForDemo(ADA);
    assertThatThrownBy(() -> all.verifyToConnect(demo)).isInstanceOf(AssertionError.class);
  }

  @Test
  void aConnectTokenOfAnOlderVersionWithoutItsTypeIsTaken() {
    ConnectTokens connect = of("rollcall.token.secret", SECRET);
    TokenVerifier all =
        new TokenVerifiers(
            new SharedSecretVerifier(SECRET, Optional.empty()),
            TokenVerifiers.NONE,
            connect,
            new Logouts(new MemoryLogouts(), InstantSource.system(), Runnable::run));
    assertThat(all.verifyToConnect(forged(SECRET, 0, 60))).isPresent();
    assertThat(all.verifyToConnect(forged(SECRET, 0, 31_536_000))).isEmpty();
    assertThat(all.verify(forged(SECRET, 0, 60))).isEmpty();
  }
}
