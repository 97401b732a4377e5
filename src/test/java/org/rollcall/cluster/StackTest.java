package org.rollcall.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rollcall.config.Settings;
import org.rollcall.testing.LoggedTroubles;

/** What is said of an open port. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StackTest {
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
    return Stack.channel(read.node().cluster());
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
}
