package org.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountViewerTest {
  private final CountViewer viewer = new CountViewer("count:1", client -> {});

  @Test
  void theTotalIsThatOfTheStateAndOfAllDiffs() {
    viewer.state(
        new JsonReader("{\"viewers\":{\"count\":3,\"metas\":[]},\"users\":{\"count\":1}}"));
    assertThat(viewer.total()).isEqualTo(4);
    viewer.diff(
        new JsonReader(
            "{\"joins\":{\"viewers\":{\"metas\":[{\"count\":9}],\"count\":7},\"users\":{\"count\":0}},"
                + "\"leaves\":{\"viewers\":{\"count\":2,\"metas\":[]},\"users\":{\"count\":1}}}"));
    assertThat(viewer.total()).isEqualTo(8);
    assertThat(viewer.diffs()).isEqualTo(1);
  }
}
