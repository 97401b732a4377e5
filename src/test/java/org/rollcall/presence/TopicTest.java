package org.rollcall.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicTest {
  @Test
  void aTopicPrintsItsKindAndNobodysName() {
    Topic own = Topic.ofUser("ada");
    assertThat(own).hasToString("user_presence:*");
    assertThat(own.veiled("ada")).hasToString("user_presence:*");
    assertThat(new Topic("room:ada").veiled("eve:x")).hasToString("room:*");
    assertThat(new Topic("ada")).hasToString("*");
  }
}
