package org.rollcall.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kotlin.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.phoenixframework.Channel;
import org.phoenixframework.Presence;
import org.phoenixframework.Socket;
import org.rollcall.testing.Await;
import org.rollcall.testing.JavaLines;
import org.rollcall.testing.PhoenixClient;
import org.rollcall.testing.Snippets;
import org.rollcall.testing.StockClient;
import org.rollcall.testing.TestToken;

/** JavaPhoenixClient, unmodified, and its {@code Presence}. */
interface JavaPhoenixClientContract extends Deployed {
  private static boolean shows(Presence presence, String key, int metas) {
    return StockClient.metas(presence, key).size() == metas;
  }

  @Test
  default void itsPresenceFollowsFriends() {
    String token = TestToken.of("jp1-al").seeing("jp1-bo").text();
    try (StockClient al = new StockClient(site(), Map.of("token", token));
        PhoenixClient bo = site().connect(TestToken.of("jp1-bo"));
        PhoenixClient phone = site().connect(TestToken.of("jp1-bo"))) {
      List<String> joined = Collections.synchronizedList(new ArrayList<>());
      List<String> left = Collections.synchronizedList(new ArrayList<>());
      Channel channel = al.channel("user:jp1-al", Map.of("diffs", "channel"));
      Presence presence = StockClient.presence(channel);
      presence.onJoin(
          (key, before, now) -> {
            joined.add(key);
            return Unit.INSTANCE;
          });
      presence.onLeave(
          (key, rest, gone) -> {
            left.add(key);
            return Unit.INSTANCE;
          });
      channel.join(Await.LIMIT.toMillis());
      Await.until("al sees itself", () -> shows(presence, "jp1-al", 1));

      bo.join("user:jp1-bo", "{\"meta\":{\"device\":\"desk\"}}");
      Await.until("al sees bo", () -> shows(presence, "jp1-bo", 1));
      assertThat(StockClient.metas(presence, "jp1-bo").get(0)).containsEntry("device", "desk");
      phone.join("user:jp1-bo");
      Await.until("al sees two of bo's devices", () -> shows(presence, "jp1-bo", 2));
      bo.disconnect();
      Await.until("al sees one of bo's devices", () -> shows(presence, "jp1-bo", 1));
      phone.disconnect();
      Await.until("al does not see bo", () -> shows(presence, "jp1-bo", 0));
      assertThat(joined).containsExactly("jp1-al", "jp1-bo", "jp1-bo");
      assertThat(left).containsExactly("jp1-bo", "jp1-bo");
    }
  }

  @Test
  default void itsUpdateIsAnsweredWithTheNewRef() {
    String token = TestToken.of("jp2-al").text();
    try (StockClient al = new StockClient(site(), Map.of("token", token))) {
      Channel channel = al.channel("user:jp2-al", Map.of("diffs", "channel"));
      Presence presence = StockClient.presence(channel);
      channel.join(Await.LIMIT.toMillis());
      Await.until("al sees itself", () -> shows(presence, "jp2-al", 1));
      List<Object> refs = Collections.synchronizedList(new ArrayList<>());
      channel
          .push("update", Map.of("status", "away"), Await.LIMIT.toMillis())
          .receive(
              "ok",
              reply -> {
                refs.add(String.valueOf(reply.getPayload().get("phx_ref")));
                return Unit.INSTANCE;
              });
      Await.until(
          "al sees its new meta",
          () ->
              shows(presence, "jp2-al", 1)
                  && "away".equals(StockClient.metas(presence, "jp2-al").get(0).get("status")));
      Await.until("the reply", () -> !refs.isEmpty());
      assertThat(refs).containsExactly(StockClient.metas(presence, "jp2-al").get(0).get("phx_ref"));
    }
  }

  /** By a reducer: its {@code Presence} takes no entry that has more than metas. */
  @Test
  default void itsChannelFollowsACount() {
    try (StockClient watcher = new StockClient(site(), Map.of());
        PhoenixClient viewer = site().connect();
        PhoenixClient user = site().connect(TestToken.of("jp3-user"))) {
      Map<String, Integer> shown = new ConcurrentHashMap<>();
      Channel channel = watcher.channel("count:jp3", Map.of("track", false));
      channel.on("presence_state", frame -> add(shown, frame.getPayload(), 1));
      channel.on(
          "presence_diff",
          frame -> {
            add(shown, frame.getPayload().get("joins"), 1);
            return add(shown, frame.getPayload().get("leaves"), -1);
          });
      channel.join(Await.LIMIT.toMillis());
      Await.until("no viewers", () -> Map.of("viewers", 0, "users", 0).equals(shown));
      viewer.join("count:jp3");
      user.join("count:jp3");
      Await.until("one of each", () -> Map.of("viewers", 1, "users", 1).equals(shown));
      viewer.disconnect();
      Await.until("one user", () -> Map.of("viewers", 0, "users", 1).equals(shown));
    }
  }

  @Test
  default void itsLinesInTheDocumentsShowWhoIsOnline(@TempDir Path folder) throws Exception {
    Method follow =
        JavaLines.compile(Snippets.of(Snippets.page("clients"), "java").get(0), "Friends", folder)
            .getMethod("follow", String.class, String.class, Supplier.class, Consumer.class);
    Supplier<String> token = () -> TestToken.of("jp4-al").seeing("jp4-bo").text();
    Set<String> shown = ConcurrentHashMap.newKeySet();
    Consumer<Set<String>> show =
        online -> {
          shown.retainAll(online);
          shown.addAll(online);
        };
    Object socket = follow.invoke(null, site().socketAddress(), "jp4-al", token, show);
    try (PhoenixClient bo = site().connect(TestToken.of("jp4-bo"))) {
      Await.until("al sees itself", () -> shown.equals(Set.of("jp4-al")));
      bo.join("user:jp4-bo");
      Await.until("al sees bo", () -> shown.equals(Set.of("jp4-al", "jp4-bo")));
      bo.disconnect();
      Await.until("al does not see bo", () -> shown.equals(Set.of("jp4-al")));
    } finally {
      ((Socket) socket).disconnect(1000, "", () -> Unit.INSTANCE);
    }
  }

  private static Unit add(Map<String, Integer> shown, @Nullable Object counts, int sign) {
    for (String side : new String[] {"viewers", "users"}) {
      if (counts instanceof Map<?, ?> map
          && map.get(side) instanceof Map<?, ?> entry
          && entry.get("count") instanceof Number number) {
        shown.merge(side, sign * number.intValue(), Integer::sum);
      }
    }
    return Unit.INSTANCE;
  }
}
