package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rollcall.testing.Frame;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.TestToken;

/**
 * The diffs of all watchers when users who are online, invisible, lost or offline come, change and
 * go: a watcher who may not see a user gets no frame at all. Holds where friends stand in tokens
 * and {@code rollcall.grace=PT1H}.
 */
interface VisibilityDiffContract extends Deployed {
  /**
   * The watchers, on their own channels or in a room, where the targets are too. After each change
   * a sentinel comes and goes whom all of them see: what comes before it is what they are told.
   */
  final class Watch implements AutoCloseable {
    private final Deployed on;
    private final String name;
    private final boolean room;
    private final Clients clients;
    private final Map<String, PhoenixClient> watchers = new LinkedHashMap<>();
    private final PhoenixClient anonymous;

    Watch(Deployed on, String name, boolean room) {
      this.on = on;
      this.name = name;
      this.room = room;
      this.clients = new Clients(on);
      this.anonymous = clients.connect();
    }

    String id(String who) {
      return name + "-" + who;
    }

    private String joined(String id) {
      return room ? "room:" + name : "user:" + id;
    }

    private String told(String id) {
      return room ? "room:" + name : "user_presence:" + id;
    }

    private TestToken token(String who, boolean friend) {
      String[] all = {id("sentinel"), id("on"), id("hi"), id("lo"), id("of")};
      String[] none = {id("sentinel")};
      return TestToken.of(id(who)).seeing(friend ? all : none);
    }

    void watch() {
      for (String target : Set.of("on", "hi", "lo", "of")) {
        admin("PUT", "users/" + id("blocked") + "/blocks/" + id(target));
      }
      PhoenixClient friend = clients.connect(token("exfriend", true));
      friend.join("user:" + id("exfriend"));
      admin("POST", "users/" + id("exfriend") + "/friends/refresh");
      assertThat(friend.closeCode()).isEqualTo(4001);
      watch("friend", token("friend", true));
      watch("stranger", token("stranger", false));
      watch("exfriend", token("exfriend", false));
      watch("blocked", token("blocked", true));
      watch("administrator", token("administrator", false).in(TestToken.ADMIN));
      watchers.values().forEach(PhoenixClient::heartbeatAmongOthers);
    }

    private void watch(String who, TestToken token) {
      PhoenixClient watcher = clients.connect(token);
      watcher.join(joined(id(who)));
      watcher.heartbeatAmongOthers();
      watchers.put(who, watcher);
    }

    void admin(String method, String path) {
      assertThat(on.site().asAdmin(method, path, "").statusCode()).isEqualTo(204);
    }

    PhoenixClient come(String who, boolean shown) {
      String id = id(who);
      PhoenixClient target = clients.connect(TestToken.of(id));
      // First, as Clients.show has it.
      target.join("user:" + id);
      Frames.find(target, "user:" + id, "presence_state");
      if (room) {
        target.askToJoin(joined(id), "{}");
        Frames.find(target, joined(id), "presence_state");
      }
      target.heartbeatAmongOthers();
      if (shown) {
        assertTold(who, true, false);
      }
      return target;
    }

    void change(PhoenixClient target, String who) {
      String ref = room ? "12" : "11";
      target.push(new PhoenixClient.Joined(joined(id(who)), ref), "update", "{\"status\":\"x\"}");
      Frames.find(target, joined(id(who)), "phx_reply");
      Frames.find(target, told(id(who)), "presence_diff");
    }

    /** Takes the one diff of each watcher who may see a target there. */
    void assertTold(String who, boolean joins, boolean leaves) {
      Set<String> some =
          room ? Set.of("friend", "stranger", "exfriend", "administrator") : Set.of("friend");
      for (String watcher : some) {
        Frame diff = known(watcher).next(told(id(who)), "presence_diff");
        assertThat(diff.joins().keySet()).isEqualTo(joins ? Set.of(id(who)) : Set.of());
        assertThat(diff.leaves().keySet()).isEqualTo(leaves ? Set.of(id(who)) : Set.of());
      }
      assertQuiet();
    }

    private PhoenixClient known(String watcher) {
      return Objects.requireNonNull(watchers.get(watcher));
    }

    /** Nobody is told anything of anyone but the sentinel. */
    void assertQuiet() {
      String id = id("sentinel");
      PhoenixClient sentinel = clients.connect(TestToken.of(id));
      sentinel.join(joined(id));
      watchers.forEach(
          (who, watcher) ->
              assertThat(watcher.next(told(id), "presence_diff").joins())
                  .as(who)
                  .containsOnlyKeys(id));
      sentinel.disconnect();
      watchers.forEach(
          (who, watcher) ->
              assertThat(watcher.next(told(id), "presence_diff").leaves())
                  .as(who)
                  .containsOnlyKeys(id));
      watchers.values().forEach(PhoenixClient::heartbeat);
      anonymous.heartbeat();
    }

    @Override
    public void close() {
      clients.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"vd,false", "ve,true"})
  default void aViewerWhoMayNotSeeAUserGetsNoFrame(String name, boolean room) {
    try (Watch watch = new Watch(this, name, room)) {
      PhoenixClient hidden = watch.come("hi", false);
      Clients.show(hidden, watch.id("hi"), "nobody");
      hidden.disconnect();
      watch.watch();

      PhoenixClient online = watch.come("on", true);
      watch.change(online, "on");
      watch.assertTold("on", true, true);
      online.disconnect();
      watch.assertTold("on", false, true);

      hidden = watch.come("hi", false);
      watch.assertQuiet();
      watch.change(hidden, "hi");
      watch.assertQuiet();
      hidden.disconnect();
      watch.assertQuiet();

      PhoenixClient lost = watch.come("lo", true);
      lost.cut();
      watch.assertQuiet();
      lost = watch.come("lo", false);
      watch.assertQuiet();
      watch.change(lost, "lo");
      watch.assertTold("lo", true, true);
      lost.cut();
      watch.assertQuiet();

      String offline = "users/" + watch.id("of");
      watch.admin("PUT", offline + "/blocks/" + watch.id("friend"));
      watch.admin("DELETE", offline + "/blocks/" + watch.id("friend"));
      watch.admin("POST", offline + "/block");
      watch.admin("POST", offline + "/unblock");
      watch.assertQuiet();
    }
  }
}
