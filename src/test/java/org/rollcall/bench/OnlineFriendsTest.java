package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OnlineFriendsTest {
  private final OnlineFriends online = new OnlineFriends();

  @Test
  void aJoinThatComesTwiceCountsOnce() {
    assertThat(online.join(7, "a")).isTrue();
    assertThat(online.join(7, "a")).isFalse();
    assertThat(online.leave(7, "a")).isTrue();
    assertThat(online.isOnline(7)).isFalse();
  }

  @Test
  void aLeaveOfAnOldConnectionLeavesTheNewOne() {
    online.join(7, "old");
    assertThat(online.join(7, "new")).isFalse();
    assertThat(online.leave(7, "old")).isFalse();
    assertThat(online.isOnline(7)).isTrue();
    assertThat(online.count()).isEqualTo(1);
  }

  @Test
  void aLeaveOfAnUnknownMetaChangesNothing() {
    assertThat(online.leave(7, "a")).isFalse();
    assertThat(online.count()).isZero();
  }

  @Test
  void usersAreCountedNotConnections() {
    IntStream.range(0, 20).forEach(user -> online.join(user, "a"));
    IntStream.range(0, 20).forEach(user -> online.join(user, "b"));
    assertThat(online.count()).isEqualTo(20);
    online.clear();
    assertThat(online.count()).isZero();
  }
}
