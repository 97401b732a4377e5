package org.rollcall.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BodyPermitsTest {
  private final BodyPermits permits = new BodyPermits(5, 3);

  private List<Runnable> acquire(String address, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> permits.acquire(address))
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void anAddressHasItsPartAndAllTogetherTheWhole() {
    assertThat(acquire("a", 9)).hasSize(3);
    assertThat(acquire("b", 9)).hasSize(2);
    assertThat(acquire("c", 9)).isEmpty();
  }

  @Test
  void aPermitIsGivenBackOnce() {
    List<Runnable> taken = acquire("a", 3);
    taken.get(0).run();
    taken.get(0).run();
    assertThat(acquire("a", 9)).hasSize(1);
    assertThat(acquire("b", 9)).hasSize(2);
  }

  @Test
  void addressesWithoutBodiesAreForgotten() {
    acquire("a", 9).forEach(Runnable::run);
    acquire("b", 1).forEach(Runnable::run);
    assertThat(permits.addresses()).isZero();
    assertThat(acquire("c", 9)).hasSize(3);
  }
}
