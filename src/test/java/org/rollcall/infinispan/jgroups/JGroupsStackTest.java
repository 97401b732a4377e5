package org.rollcall.infinispan.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_SOCK2;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.UDP;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.config.Settings;
import org.rollcall.config.WrongSetting;
import org.rollcall.infinispan.ClusterFixture;
import org.rollcall.infinispan.TcpClusterFixture;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LoggedTroubles;

/** The stacks that operators get, and the warnings of an open port. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JGroupsStackTest {
  private static final String GROUP = "239.6.7.8";

  @TempDir private Path folder;

  /** Returns an address of this machine that others may reach. No test opens a port there. */
  private static String exposed() throws SocketException {
    Optional<String> address =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(known -> known instanceof Inet4Address && !known.isLoopbackAddress())
            .map(InetAddress::getHostAddress)
            .findFirst();
    assumeTrue(address.isPresent(), "This machine has no address but loopback");
    return address.orElseThrow();
  }

  private static JChannel channel(Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("rollcall.cluster.hosts", "localhost"));
    all.putAll(settings);
    Settings read = Settings.read(name -> Optional.ofNullable(all.get(name)));
    return JGroupsStack.channel(read.node().cluster());
  }

  /** Returns what is logged while a channel is made. */
  private static List<String> troubles(Map<String, String> settings) throws Exception {
    try (LoggedTroubles troubles = new LoggedTroubles();
        JChannel channel = channel(settings)) {
      assertThat(channel.isConnected()).isFalse();
      return troubles.all();
    }
  }

  private String file(String kind, String from, String to) throws IOException {
    Path original = Path.of("server-config/jgroups", kind + ".xml");
    String text = Files.readString(original);
    assertThat(text).contains(from);
    return Files.writeString(folder.resolve(kind + ".xml"), text.replace(from, to)).toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ReliableMerge3:SteadyMerge", "ReliableFdSock2:NeighborWatch"})
  void aFileThatNamesAClassOfBeforeIsToldItsNameOfNow(String names) throws Exception {
    String now = "org.rollcall.infinispan.jgroups." + names.split(":", -1)[0];
    String before = "org.rollcall.cluster." + names.split(":", -1)[1];
    String file = file("tcp", now, before);
    assertThatThrownBy(() -> channel(Map.of("rollcall.cluster", file)))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContainingAll("rollcall.cluster", now, before, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "kubernetes"})
  void eachStackListensWhereItIsTold(String kind) throws Exception {
    try (JChannel channel =
        channel(
            Map.of(
                "rollcall.cluster", kind,
                "rollcall.cluster.port", "17999",
                "rollcall.cluster.secret", "correct horse battery"))) {
      TP transport = channel.getProtocolStack().getTransport();
      assertThat(transport).isInstanceOf(kind.equals("udp") ? UDP.class : TP.class);
      assertThat(transport.getBindAddress().getHostAddress()).isEqualTo("127.0.0.1");
      assertThat(transport.getBindPort()).isEqualTo(17_999);
      FD_SOCK2 detector = channel.getProtocolStack().findProtocol(FD_SOCK2.class);
      assertThat(detector.getBindAddress().getHostAddress()).isEqualTo("127.0.0.1");
      assertThat(detector.getOffset()).isEqualTo(100);
      GcmEncrypt encryption = channel.getProtocolStack().findProtocol(GcmEncrypt.class);
      assertThat(encryption).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "udp", "kubernetes"})
  void anOpenPortWithoutASecretIsWarnedOf(String kind) throws Exception {
    assertThat(troubles(Map.of("rollcall.cluster", kind, "rollcall.cluster.bind", exposed())))
        .singleElement()
        .asString()
        .contains("listens on " + exposed() + " without a secret");
  }

  @Test
  void anOpenPortWithASecretIsNotWarnedOf() throws Exception {
    assertThat(
            troubles(
                Map.of(
                    "rollcall.cluster", "tcp",
                    "rollcall.cluster.bind", exposed(),
                    "rollcall.cluster.secret", "correct horse battery")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "LOOPBACK"})
  void aPortOnTheLoopbackAddressIsNotWarnedOf(String bind) throws Exception {
    assertThat(troubles(Map.of("rollcall.cluster", "tcp", "rollcall.cluster.bind", bind)))
        .isEmpty();
  }

  @Test
  void aFileThatOpensAPortIsWarnedOfWhateverTheSettings() throws Exception {
    String open = file("tcp", "${rollcall.cluster.bind}", exposed());
    assertThat(troubles(Map.of("rollcall.cluster", open)))
        .singleElement()
        .asString()
        .contains("listens on " + exposed() + " without a secret");
  }

  @Test
  void aFileThatStaysOnLoopbackIsNotWarnedOfWhateverTheSettings() throws Exception {
    String shut = file("tcp", "${rollcall.cluster.bind}", "127.0.0.1");
    assertThat(troubles(Map.of("rollcall.cluster", shut, "rollcall.cluster.bind", exposed())))
        .isEmpty();
  }

  @Test
  void nodesOverUdpAreOneCluster() throws IOException {
    // Another test of this machine must not be met.
    int group = TcpClusterFixture.free();
    assumeTrue(isMulticast(group), "This machine has no multicast on its loopback address");
    String stack = file("udp", "46655", Integer.toString(group));
    try (LocalNode one = udp(stack, "a");
        LocalNode two = udp(stack, "b")) {
      ClusterFixture.awaitView(List.of(one, two));
    }
  }

  private static LocalNode udp(String stack, String name) {
    return LocalNode.start(
        Map.of(
            "rollcall.cluster", stack,
            "rollcall.cluster.port", Integer.toString(TcpClusterFixture.free()),
            "rollcall.node", name));
  }

  /** Returns whether what is sent to the group comes back on the loopback address. */
  private static boolean isMulticast(int port) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (MulticastSocket socket = new MulticastSocket(port)) {
      NetworkInterface own = NetworkInterface.getByInetAddress(loopback);
      InetSocketAddress group = new InetSocketAddress(GROUP, port);
      socket.setNetworkInterface(own);
      socket.joinGroup(group, own);
      socket.setSoTimeout(2000);
      socket.send(new DatagramPacket(new byte[] {7}, 1, group));
      socket.receive(new DatagramPacket(new byte[1], 1));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
