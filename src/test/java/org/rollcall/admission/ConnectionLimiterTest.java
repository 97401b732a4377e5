package org.rollcall.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rollcall.config.Settings;

class ConnectionLimiterTest {
  private static final String HOME = "192.0.2.1";
  private static final Optional<String> ADA = Optional.of("ada");
  private static final Optional<String> NOBODY = Optional.empty();

  private static final Map<String, String> SETTINGS =
      Map.of(
          "rollcall.limits.connections.user", "2",
          "rollcall.limits.connections.address", "3",
          "rollcall.limits.connects.address", "2");

  private static final Settings SETTINGS_READ =
      Settings.read(name -> Optional.ofNullable(SETTINGS.get(name)));

  private long now = Long.MAX_VALUE;

  private final ConnectionLimiter limiter =
      new ConnectionLimiter(
          SETTINGS_READ.web().connections(),
          SETTINGS_READ.channels().limits().budgets(),
          () -> now);

  private ConnectionPermit enter(String address, Optional<String> user) {
    return limiter.enter(address, user).orElseThrow();
  }

  private void pass(Duration time) {
    now += time.toNanos();
    limiter.check();
  }

  @Test
  void aUserHasSoManyConnectionsWhereverTheyComeFrom() {
    enter("192.0.2.1", ADA).take();
    enter("192.0.2.2", ADA).take();
    assertThat(limiter.enter("192.0.2.3", ADA)).isEmpty();
    assertThat(limiter.enter("192.0.2.3", Optional.of("bob"))).isPresent();
  }

  @Test
  void anAddressHasALimitOfConnectionsForAllItsUsers() {
    enter(HOME, ADA).take();
    enter(HOME, NOBODY).take();
    enter(HOME, NOBODY).take();
    assertThat(limiter.enter(HOME, Optional.of("bob"))).isEmpty();
    assertThat(limiter.enter("192.0.2.2", NOBODY)).isPresent();
  }

  @Test
  void aConnectionRefusedForItsUserDoesNotCountForTheAddress() {
    enter("192.0.2.9", ADA).take();
    enter("192.0.2.9", ADA).take();
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.enter(HOME, ADA)).isEmpty();
    }
    for (int i = 0; i < 3; i++) {
      enter(HOME, NOBODY).take();
    }
  }

  @Test
  void aPermitIsGivenBackOnceHoweverOftenTheEndIsTold() {
    ConnectionPermit first = enter(HOME, ADA);
    enter(HOME, ADA).take();
    first.take();
    first.free();
    first.free();
    first.expire();
    first.take();
    enter(HOME, ADA).take();
    assertThat(limiter.enter(HOME, ADA)).isEmpty();
  }

  @Test
  void aHandshakeCountsFromItsBeginning() {
    enter(HOME, ADA);
    enter(HOME, ADA);
    assertThat(limiter.enter(HOME, ADA)).isEmpty();
  }

  @Test
  void aHandshakeThatNeverBecomesASocketIsForgottenAfterTenSeconds() {
    enter(HOME, ADA);
    enter(HOME, ADA);
    pass(Duration.ofSeconds(9));
    assertThat(limiter.enter(HOME, ADA)).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(limiter.size()).isZero();
    assertThat(limiter.enter(HOME, ADA)).isPresent();
  }

  @Test
  void aTakenPermitDoesNotExpire() {
    enter(HOME, ADA).take();
    enter(HOME, ADA).take();
    pass(Duration.ofHours(1));
    assertThat(limiter.enter(HOME, ADA)).isEmpty();
  }

  @Test
  void aSocketThatOpensAfterItsReservationEndedIsCountedAllTheSame() {
    ConnectionPermit late = enter(HOME, ADA);
    pass(Duration.ofSeconds(10));
    late.take();
    enter(HOME, ADA).take();
    assertThat(limiter.enter(HOME, ADA)).isEmpty();
    late.free();
    assertThat(limiter.enter(HOME, ADA)).isPresent();
  }

  @Test
  void anAddressConnectsSoManyTimesASecondAndForOnceTenSecondsWorth() {
    for (int i = 0; i < 20; i++) {
      assertThat(limiter.handshake(HOME)).isTrue();
    }
    assertThat(limiter.handshake(HOME)).isFalse();
    assertThat(limiter.handshake("192.0.2.2")).isTrue();
    pass(Duration.ofMillis(500));
    assertThat(limiter.handshake(HOME)).isTrue();
    assertThat(limiter.handshake(HOME)).isFalse();
  }

  @Test
  void anAddressIsForgottenWhenNothingIsLeftToKnow() {
    for (int i = 0; i < 1000; i++) {
      limiter.handshake("192.0.2." + i);
    }
    limiter.handshake(HOME);
    ConnectionPermit permit = enter(HOME, ADA);
    permit.take();
    pass(Duration.ofSeconds(1));
    assertThat(limiter.size()).isEqualTo(2);
    permit.free();
    pass(Duration.ofSeconds(1));
    assertThat(limiter.size()).isZero();
  }
}
