package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rollcall.testing.Await;
import org.rollcall.testing.CountView;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/** How many are on {@code count:<name>}, exactly. */
interface CountContract extends Deployed {
  /** A page that shows a count. */
  record Page(PhoenixClient client, CountView view) {
    static Page open(PhoenixClient client, String topic, String payload) {
      client.join(topic, payload);
      Page page = new Page(client, new CountView());
      page.view.apply(client.next(topic, "presence_state"));
      return page;
    }

    boolean shows(int viewers) {
      Optional<Frame> frame = client.nextWithin(Duration.ZERO);
      while (frame.isPresent()) {
        view.apply(frame.get());
        frame = client.nextWithin(Duration.ZERO);
      }
      return view.viewers() == viewers;
    }
  }

  @Test
  default void aCountSaysHowManyAndNeverWho() {
    try (PhoenixClient viewer = site().connect();
        PhoenixClient user = site().connect(TestToken.of("co1-user"))) {
      viewer.join("count:co1");
      assertThat(viewer.nextText())
          .isEqualTo(
              "[\"11\",null,\"count:co1\",\"presence_state\","
                  + "{\"viewers\":{\"count\":1,\"metas\":[{\"phx_ref\":\"v1\",\"count\":1}]},"
                  + "\"users\":{\"count\":0,\"metas\":[{\"phx_ref\":\"u0\",\"count\":0}]}}]");
      user.join("count:co1");
      assertThat(viewer.nextText())
          .isEqualTo(
              "[null,null,\"count:co1\",\"presence_diff\",{"
                  + "\"joins\":{\"viewers\":{\"count\":0,\"metas\":[]},\"users\":{\"count\":1,"
                  + "\"metas\":[{\"phx_ref\":\"u1\",\"phx_ref_prev\":\"u0\",\"count\":1}]}},"
                  + "\"leaves\":{\"viewers\":{\"count\":0,\"metas\":[]},\"users\":{\"count\":0,"
                  + "\"metas\":[{\"phx_ref\":\"u0\",\"count\":0}]}}}]");
    }
  }

  @Test
  default void aClientThatOnlyWatchesIsNotCounted() {
    try (PhoenixClient watcher = site().connect();
        PhoenixClient viewer = site().connect()) {
      Page page = Page.open(watcher, "count:co2", "{\"track\":false}");
      assertThat(page.view().viewers()).isZero();
      viewer.join("count:co2");
      Await.until("one viewer", () -> page.shows(1));
      viewer.disconnect();
      Await.until("no viewer", () -> page.shows(0));
      assertThat(watcher.refused("count:co2x", "{\"track\":1}").reason())
          .isEqualTo("invalid payload");
    }
  }

  @Test
  default void threeHundredViewersAreExactlyThreeHundredToEachOfThem() {
    List<Page> pages =
        IntStream.range(0, 300)
            .parallel()
            .mapToObj(i -> Page.open(site().connect(), "count:co3", "{}"))
            .toList();
    Await.until("300 viewers on every page", () -> pages.stream().allMatch(p -> p.shows(300)));

    List<Page> left = pages.subList(250, 300);
    pages.subList(0, 250).parallelStream().forEach(page -> page.client().disconnect());
    Await.until("50 viewers on every page left", () -> left.stream().allMatch(p -> p.shows(50)));
    assertThat(left).allSatisfy(page -> assertThat(page.view().diffs()).isLessThan(60));
    assertThat(site().get("counts/count:co3").body()).contains("\"total\":50");
    left.parallelStream().forEach(page -> page.client().disconnect());
    Await.until("nobody", () -> site().get("counts/count:co3").body().contains("\"total\":0"));
  }

  @Test
  default void manyWhoJoinAndLeaveAnEmptyTopicAreToldOncePerInterval() {
    List<PhoenixClient> joiners = Stream.generate(() -> site().connect()).limit(10).toList();
    try (PhoenixClient viewer = site().connect();
        PhoenixClient user = site().connect(TestToken.of("co5-user"))) {
      List<Page> pages =
          Stream.of(viewer, user)
              .map(client -> Page.open(client, "count:co5", "{\"track\":false}"))
              .toList();
      long begin = System.nanoTime();
      int turns = 0;
      while (turns < 30 || System.nanoTime() - begin < 3_000_000_000L) {
        PhoenixClient joiner = joiners.get(turns++ % joiners.size());
        PhoenixClient.Joined joined = joiner.askToJoin("count:co5", "{}");
        joiner.heartbeatAmongOthers();
        joiner.push(joined, "phx_leave", "{}");
        joiner.heartbeatAmongOthers();
      }
      Await.until("nobody", () -> pages.stream().allMatch(page -> page.shows(0)));
      int intervals = (int) Duration.ofNanos(System.nanoTime() - begin).toSeconds() + 1;
      assertThat(pages)
          .allSatisfy(page -> assertThat(page.view().diffs()).isBetween(1, 2 + intervals * 3 / 2));
    }
    joiners.forEach(PhoenixClient::close);
  }

  @Test
  default void diffsAreAnIntervalApart() {
    try (PhoenixClient watcher = site().connect();
        PhoenixClient first = site().connect()) {
      Page page = Page.open(watcher, "count:co4", "{\"track\":false}");
      first.join("count:co4");
      Await.until("one viewer", () -> page.shows(1));
      List<PhoenixClient> more = Stream.generate(() -> site().connect()).limit(20).toList();
      more.forEach(client -> client.join("count:co4"));
      Await.until("21 viewers", () -> page.shows(21));
      assertThat(page.view().diffs()).isLessThanOrEqualTo(4);
      more.forEach(PhoenixClient::disconnect);
    }
  }
}
