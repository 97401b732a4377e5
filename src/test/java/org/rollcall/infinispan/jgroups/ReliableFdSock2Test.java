package org.rollcall.infinispan.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jgroups.Address;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.IpAddress;
import org.jgroups.stack.ProtocolStack;
import org.jgroups.util.Tuple;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rollcall.config.Settings;
import org.rollcall.infinispan.TcpClusterFixture;
import org.rollcall.testing.Await;
import org.rollcall.testing.Relay;

/** The connections between nodes while the view changes, over TCP and by the stack of operators. */
@Tag("long")
@Timeout(60)
class ReliableFdSock2Test {
  private static final int UNTIL_AFTER_THE_TEST = 40_000;

  private final List<Integer> ports =
      List.of(
          TcpClusterFixture.free(),
          TcpClusterFixture.free(),
          TcpClusterFixture.free(),
          TcpClusterFixture.free());
  private final List<JChannel> channels = new ArrayList<>();

  @AfterEach
  void close() {
    channels.forEach(JChannel::close);
  }

  private JChannel start() throws Exception {
    return start("tcp");
  }

  private JChannel start(String stack) throws Exception {
    Map<String, String> settings =
        Map.of(
            "rollcall.cluster",
            stack,
            "rollcall.cluster.port",
            Integer.toString(ports.get(channels.size())),
            "rollcall.cluster.hosts",
            ports.stream().map(port -> "127.0.0.1[" + port + "]").collect(Collectors.joining(",")));
    Settings read = Settings.read(name -> Optional.ofNullable(settings.get(name)));
    JChannel channel = JGroupsStack.channel(read.node().cluster());
    channel
        .getProtocolStack()
        .insertProtocol(new DISCARD(), ProtocolStack.Position.ABOVE, TP.class);
    channels.add(channel);
    channel.connect("watch");
    awaitView(channels);
    return channel;
  }

  private static void awaitView(List<JChannel> side) {
    Await.until(
        () ->
            assertThat(side)
                .allSatisfy(
                    channel -> assertThat(channel.getView().getMembers()).hasSize(side.size())));
  }

  private static ReliableFdSock2 watch(JChannel channel) {
    return channel.getProtocolStack().findProtocol(ReliableFdSock2.class);
  }

  private static List<Address> addresses(List<JChannel> channels) {
    return channels.stream().map(JChannel::getAddress).toList();
  }

  /** Cuts channels off from each other, and tells them. */
  private static void cut(List<JChannel> one, List<JChannel> other) {
    discard(one, other);
    discard(other, one);
    Stream.of(one, other).forEach(ReliableFdSock2Test::install);
  }

  private static void discard(List<JChannel> side, List<JChannel> strangers) {
    for (JChannel channel : side) {
      DISCARD discard = channel.getProtocolStack().findProtocol(DISCARD.class);
      addresses(strangers).forEach(discard::addIgnoreMember);
    }
  }

  private static void install(List<JChannel> side) {
    long id = side.get(0).getView().getViewId().getId() + 1;
    View view = View.create(side.get(0).getAddress(), id, addresses(side));
    side.forEach(channel -> install(channel, view));
  }

  private static void install(JChannel channel, View view) {
    GMS membership = channel.getProtocolStack().findProtocol(GMS.class);
    membership.installView(view);
  }

  /** Waits until everybody watches the next one of the view. */
  private void awaitRing() {
    View view = channels.get(0).getView();
    for (JChannel channel : channels) {
      List<Address> members = view.getMembers();
      int next = (members.indexOf(channel.getAddress()) + 1) % members.size();
      Await.until(
          () -> {
            assertThat(watch(channel).isWatched(members.get(next))).isTrue();
            assertThat(watch(channel).getClientState()).isEqualTo("CONNECTED");
          });
    }
  }

  @Test
  void afterAMergeEachNodeWatchesTheNextOne() throws Exception {
    meetAgain(List.of(start()), List.of(start(), start()));
  }

  @Test
  void afterAMergeOfTwoEachWatchesTheOther() throws Exception {
    meetAgain(List.of(start()), List.of(start()));
  }

  private void meetAgain(List<JChannel> one, List<JChannel> other) {
    awaitRing();
    cut(one, other);
    for (JChannel channel : channels) {
      DISCARD discard = channel.getProtocolStack().findProtocol(DISCARD.class);
      discard.resetIgnoredMembers();
    }
    awaitView(channels);
    awaitRing();
  }

  @Test
  @Timeout(20)
  void aNewViewDoesNotWaitForANextNodeThatDoesNotAnswer() throws Exception {
    JChannel channel = start();
    watch(channel).setValue("connect_timeout", UNTIL_AFTER_THE_TEST);
    int port = TcpClusterFixture.free();
    try (ServerSocket silent = new ServerSocket(port + 100, 1, InetAddress.getLoopbackAddress())) {
      Address next = UUID.randomUUID();
      channel
          .getProtocolStack()
          .getTransport()
          .down(
              new Event(
                  Event.ADD_PHYSICAL_ADDRESS, new Tuple<>(next, new IpAddress("127.0.0.1", port))));
      install(channel, View.create(channel.getAddress(), 100, channel.getAddress(), next));
      assertThat(channel.getView().getMembers()).contains(next);
      // Somebody tried, or there was nothing to wait for.
      assertAccepted(silent);
    }
  }

  /** Waits until a node has told the others that it cannot reach one. */
  private static void awaitSuspicion(JChannel channel) {
    Await.until(
        () -> {
          Object suspicions = watch(channel).getValue("num_suspect_events");
          assertThat(suspicions).isNotEqualTo(0);
        });
  }

  @Test
  void aNodeThatLeftTheViewIsCutOffAndLooksForTheNextNodeAgain() throws Exception {
    JChannel one = start();
    List<JChannel> rest = List.of(start(), start());
    awaitRing();
    // A merge would bring a new view, after which all look for the next node anyway.
    channels.forEach(channel -> channel.getProtocolStack().removeProtocol(MERGE3.class));
    install(rest);
    awaitSuspicion(one);
    Await.until(() -> assertThat(watch(one).isWatched(rest.get(0).getAddress())).isTrue());
    assertThat(one.getView().getMembers()).hasSize(3);
  }

  @Test
  void aNextNodeThatCouldNotBeReachedIsTriedAgain(@TempDir Path folder) throws Exception {
    String text = Files.readString(Path.of("server-config/jgroups/tcp.xml"));
    Path elsewhere = folder.resolve("elsewhere.xml");
    Files.writeString(elsewhere, text.replace("offset=\"100\"", "offset=\"200\""));
    JChannel channel = start();
    JChannel next = start(elsewhere.toString());
    awaitSuspicion(channel);
    assertThat(watch(channel).isWatched(next.getAddress())).isFalse();
    int port = ports.get(1);
    try (Relay relay = new Relay(port + 100, port + 200)) {
      Await.until(() -> assertThat(watch(channel).isWatched(next.getAddress())).isTrue());
      assertThat(relay.isUsed()).isTrue();
    }
  }

  private static void assertAccepted(ServerSocket server) throws IOException {
    server.setSoTimeout(20_000);
    server.accept().close();
  }
}
