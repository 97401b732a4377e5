package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FriendshipsTest {
  @ParameterizedTest
  @CsvSource({"300,20", "1000,500", "5000,20", "21,20", "7,2", "7,0"})
  void everyoneHasSoManyFriendsAndTheyAreMutual(int users, int each) {
    Friendships friendships = new Friendships(users, each);
    for (int user = 0; user < users; user++) {
      int me = user;
      assertThat(Arrays.stream(friendships.of(user)).boxed())
          .hasSize(each)
          .doesNotHaveDuplicates()
          .doesNotContain(user)
          .allMatch(friend -> friend >= 0 && friend < users)
          .allMatch(friend -> Arrays.stream(friendships.of(friend)).anyMatch(of -> of == me));
    }
  }

  @ParameterizedTest
  @CsvSource({"20,20", "20,3"})
  void moreFriendsThanUsersOrAnOddNumberAreRefused(int users, int each) {
    assertThatThrownBy(() -> new Friendships(users, each)).isInstanceOf(BenchFailure.class);
  }
}
