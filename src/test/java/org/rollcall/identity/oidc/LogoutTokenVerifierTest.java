package org.rollcall.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.config.Settings;
import org.rollcall.identity.TrustedIssuer;
import org.rollcall.identity.User;
import org.rollcall.identity.logout.Logout;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.oidc.LogoutTokenVerifier.Verdict;
import org.rollcall.identity.token.ConnectTokens;
import org.rollcall.identity.token.TokenVerifiers;
import org.rollcall.testing.LocalIssuer;
import org.rollcall.testing.MemoryLogouts;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogoutTokenVerifierTest {
  private final TrustedIssuer trusted = new TrustedIssuer();
  private final LocalIssuer issuer = trusted.issuer();
  private final MemoryLogouts store = new MemoryLogouts();
  private final Logouts logouts = new Logouts(store, InstantSource.system(), Runnable::run);
  private final LogoutTokenVerifier tokens =
      new LogoutTokenVerifier(
          trusted.settings("groups"), trusted.keys(), logouts, InstantSource.system());

  private final ConnectTokens connect = ConnectTokens.of(Settings.read(name -> Optional.empty()));
  private final TokenVerifiers all =
      new TokenVerifiers(TokenVerifiers.NONE, trusted.verifier(), connect, logouts);

  @AfterEach
  void stop() {
    trusted.close();
  }

  private static User user(String id, @Nullable String session, Instant login) {
    Optional<String> named = Optional.ofNullable(session);
    User.Grant grant = new User.Grant(named, Optional.of(id), Optional.of(login), Instant.MAX);
    return new User(id, Optional.empty(), Set.of(), Optional.empty(), grant);
  }

  private Map<String, Object> of(String claim, String value) {
    Map<String, Object> claims = issuer.logoutClaims();
    claims.put(claim, value);
    return claims;
  }

  private Optional<Logout> verify(Map<String, Object> claims) {
    Verdict verdict = tokens.judge(issuer.sign(claims, "RS256"));
    return verdict instanceof Verdict.Right right ? Optional.of(right.logout()) : Optional.empty();
  }

  @Test
  void aSessionEndsForAnyUser() {
    Logout logout = verify(of("sid", "s7")).orElseThrow();
    assertThat(logout.ends(user("7", "s7", Instant.now().minusSeconds(1)))).isTrue();
    assertThat(logout.ends(user("9", "s7", Instant.EPOCH))).isTrue();
    assertThat(logout.ends(user("7", "s8", Instant.EPOCH))).isFalse();
    assertThat(logout.ends(user("7", null, Instant.EPOCH))).isFalse();
  }

  @Test
  void aSessionOfAKnownUserEndsWithWhatTheUserHasWithoutANameFromBefore() {
    Map<String, Object> claims = of("sid", "s7");
    claims.put("sub", "7");
    Logout logout = verify(claims).orElseThrow();
    assertThat(logout.ends(user("7", "s7", Instant.now().minusSeconds(1)))).isTrue();
    assertThat(logout.ends(user("7", null, Instant.now().minusSeconds(1)))).isTrue();
    assertThat(logout.ends(user("7", null, Instant.now().plusSeconds(60)))).isFalse();
    assertThat(logout.ends(user("7", "s8", Instant.EPOCH))).isFalse();
    assertThat(logout.ends(user("8", null, Instant.EPOCH))).isFalse();
  }

  @Test
  void aUserEndsWithAllThatBeganBefore() {
    Logout logout = verify(of("sub", "7")).orElseThrow();
    assertThat(logout.ends(user("7", "s7", Instant.now().minusSeconds(1)))).isTrue();
    assertThat(logout.ends(user("7", null, Instant.now().minusSeconds(1)))).isTrue();
    assertThat(logout.ends(user("7", "s7", Instant.now().plusSeconds(60)))).isFalse();
    assertThat(logout.ends(user("8", "s8", Instant.EPOCH))).isFalse();
  }

  @Test
  void aTokenOfNoLogInIsEndedByNoLogOut() {
    User backEnd =
        new User("7", Optional.empty(), Set.of(), Optional.empty(), User.Grant.until(Instant.MAX));
    assertThat(verify(of("sub", "7")).orElseThrow().ends(backEnd)).isFalse();
  }

  @Test
  void anIssuerWhoseClockIsAheadEndsWhatItGaveBefore() {
    Map<String, Object> claims = of("sub", "7");
    long ahead = Instant.now().getEpochSecond() + 4;
    claims.put("iat", ahead);
    Logout logout = verify(claims).orElseThrow();
    assertThat(logout.ends(user("7", null, Instant.ofEpochSecond(ahead)))).isTrue();
    User new7 = user("7", null, Instant.ofEpochSecond(ahead));
    assertThat(Logout.of(new7, Instant.ofEpochSecond(ahead - 4)).ends(new7)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "iss,https://evil.example",
    "aud,another",
    "aud,",
    "iat,-700",
    "iat,60",
    "iat,",
    "exp,-30",
    "exp,",
    "jti,",
    "events,",
    "events,text",
    "nonce,any",
    "sid,",
    "sid,''",
    "sub,''"
  })
  void aTokenThatIsWrongEndsNothing(String claim, @Nullable String value) {
    Map<String, Object> claims = of("sid", "session-of-7");
    claims.remove(claim);
    if (value != null) {
      boolean time = claim.equals("iat") || claim.equals("exp");
      long now = System.currentTimeMillis() / 1000;
      claims.put(claim, time ? (Object) (now + Long.parseLong(value)) : value);
    }
    assertThat(verify(claims)).isEmpty();
  }

  @Test
  void anotherEventEndsNothing() {
    Map<String, Object> claims = of("sid", "session-of-7");
    claims.put("events", Map.of("http://schemas.openid.net/event/other", Map.of()));
    assertThat(verify(claims)).isEmpty();
    claims.put("events", new HashMap<>(Map.of("http://schemas.openid.net/event/other", 1)));
    assertThat(verify(claims)).isEmpty();
    assertThat(tokens.judge(issuer.token("7"))).isInstanceOf(Verdict.Wrong.class);
    assertThat(tokens.judge("nonsense")).isInstanceOf(Verdict.Wrong.class);
  }

  @Test
  void aLogoutByANewKeyIsRightWhenTheIssuerHasAnswered() {
    trusted.pass(Duration.ofSeconds(20));
    issuer.rotate();
    String token = issuer.sign(of("sid", "session-of-7"), "RS256");
    CompletableFuture<Void> answer = trusted.keys().nextAnswer().toCompletableFuture();
    assertThat(tokens.judge(token)).isInstanceOf(Verdict.Unknown.class);
    assertThat(answer).isNotDone();
    trusted.background().runAll();
    assertThat(answer).isCompleted();
    assertThat(tokens.judge(token)).isInstanceOf(Verdict.Right.class);
  }

  @Test
  void anIssuerThatFailsHasAnsweredToo() {
    trusted.pass(Duration.ofSeconds(20));
    issuer.silence(true);
    issuer.rotate();
    String token = issuer.sign(of("sid", "session-of-7"), "RS256");
    CompletableFuture<Void> answer = trusted.keys().nextAnswer().toCompletableFuture();
    assertThat(tokens.judge(token)).isInstanceOf(Verdict.Unknown.class);
    trusted.background().runAll();
    assertThat(answer).isCompleted();
    assertThat(tokens.judge(token)).isInstanceOf(Verdict.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({"iss,https://evil.example", "aud,another", "jti,", "events,", "nonce,any", "iat,"})
  void theIssuerIsNotAskedForATokenThatCannotBeRight(String claim, @Nullable String value) {
    trusted.pass(Duration.ofSeconds(20));
    issuer.rotate();
    Map<String, Object> claims = of("sid", "session-of-7");
    claims.remove(claim);
    if (value != null) {
      claims.put(claim, value);
    }
    String token = issuer.sign(claims, "RS256");
    assertThat(tokens.judge(token)).isInstanceOf(Verdict.Wrong.class);
    assertThat(trusted.background().size()).isZero();
  }

  @Test
  void aLogoutCountsOnce() {
    Map<String, Object> claims = of("sid", "session-of-7");
    assertThat(logouts.tell(verify(claims).orElseThrow())).isCompletedWithValue(true);
    assertThat(verify(claims)).isEmpty();
  }

  @Test
  void aLogoutThatHasNotReachedEveryNodeMayComeAgainAndKeepsItsMoment() {
    Map<String, Object> claims = of("sid", "session-of-7");
    store.cut(true);
    Logout first = verify(claims).orElseThrow();
    assertThat(logouts.tell(first)).isCompletedWithValue(false);
    assertThat(verify(claims)).contains(first);
    store.cut(false);
    assertThat(logouts.tell(first)).isCompletedWithValue(true);
    assertThat(verify(claims)).isEmpty();
  }

  @Test
  void aLogoutTokenIsNoBearerToken() {
    Map<String, Object> claims = of("sub", "7");
    assertThat(verify(claims)).isPresent();
    assertThat(trusted.verifier().verify(issuer.sign(claims, "RS256"))).isEmpty();
  }

  @Test
  void tokensOfAnEndedLogInAreRefused() {
    String bearer = issuer.token("7");
    String token = connect.mint(all.verify(bearer).orElseThrow());
    String other = connect.mint(all.verify(issuer.token("8")).orElseThrow());
    assertThat(all.verifyToConnect(token)).isPresent();
    logouts.tell(verify(of("sid", "session-of-7")).orElseThrow());
    assertThat(all.verifyToConnect(token)).isEmpty();
    assertThat(all.verifyToConnect(bearer)).isEmpty();
    assertThat(all.verify(bearer)).isEmpty();
    assertThat(all.verifyToConnect(other)).isPresent();
  }

  @Test
  void aConnectTokenThatWasGotJustBeforeEndsToo() {
    Map<String, Object> claims = issuer.claims("7");
    claims.remove("sid");
    String token = connect.mint(all.verify(issuer.sign(claims, "RS256")).orElseThrow());
    User.Grant grant = User.Grant.until(Instant.MAX);
    User backEnd = new User("7", Optional.empty(), Set.of(), Optional.empty(), grant);
    String other = connect.mint(backEnd);
    logouts.tell(verify(of("sub", "7")).orElseThrow());
    assertThat(all.verifyToConnect(token)).isEmpty();
    assertThat(all.verifyToConnect(other)).isPresent();
    claims.put("iat", Instant.now().getEpochSecond() + 4);
    String later = connect.mint(all.verify(issuer.sign(claims, "RS256")).orElseThrow());
    assertThat(all.verifyToConnect(later)).isPresent();
  }
}
