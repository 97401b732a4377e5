package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestTest {
  @Test
  void aDigestTellsWhereCopiesDifferAndNothingElse() {
    Digest one = new Digest();
    Digest other = new Digest();
    one.add(1L << 56, 5);
    one.add(2L << 56, 6);
    other.add(2L << 56, 6);
    assertThat(one.differences(other)).containsExactly(1);
    other.add(1L << 56, 5);
    assertThat(one.differences(other)).isEmpty();
    assertThat(one.whole()).isEqualTo(other.whole()).isNotEqualTo(new Digest().whole());
  }
}
