package org.rollcall.infinispan.jgroups;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jgroups.JChannel;
import org.jgroups.protocols.SHARED_LOOPBACK;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.stack.Protocol;
import org.jgroups.stack.ProtocolStack;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.ClusterSettings;
import org.rollcall.config.WrongSetting;

/**
 * A JGroups file and what the settings put into it.
 *
 * <p>Not by system properties, which every deployment of a server would share.
 */
public final class JGroupsStack {
  private static final Logger LOG = System.getLogger(JGroupsStack.class.getName());

  /** Former names of classes, which an operator's own file may have, and the classes of today. */
  private static final Map<String, Class<?>> RENAMED =
      Map.of(
          "org.rollcall.cluster.SteadyMerge", ReliableMerge3.class,
          "org.rollcall.cluster.NeighborWatch", ReliableFdSock2.class);

  private JGroupsStack() {}

  /** Returns a channel, not connected. */
  public static JChannel channel(ClusterSettings settings) throws Exception {
    String text =
        read(settings)
            .replace("${rollcall.cluster.bind}", settings.address().bind())
            .replace("${rollcall.cluster.port}", Integer.toString(settings.address().port()))
            .replace("${rollcall.cluster.hosts}", settings.hosts());
    JChannel channel =
        new JChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    if (settings.secret().isPresent()) {
      encrypt(channel, new GcmEncrypt(settings.secret().get().text()), settings);
    } else {
      warnIfExposed(channel.getProtocolStack().getTransport());
    }
    return channel;
  }

  /**
   * Warns of a port that other machines may reach. Asks the transport for its address: the settings
   * may have the name of an address, and the operator's own file may have another one.
   */
  private static void warnIfExposed(TP transport) {
    @Nullable InetAddress address = transport.getBindAddress();
    boolean inMemory = transport instanceof SHARED_LOOPBACK;
    if (!inMemory && (address == null || !address.isLoopbackAddress())) {
      LOG.log(
          Level.WARNING,
          "The cluster listens on {0} without a secret (rollcall.cluster.secret): anyone who reaches"
              + " that port can read and write who is online",
          address == null ? "all addresses" : address.getHostAddress());
    }
  }

  private static String read(ClusterSettings settings) throws IOException {
    if (settings.kind() == ClusterSettings.Kind.FILE) {
      String text = Files.readString(Path.of(settings.stack()));
      refuseRenamed(text, settings.stack());
      return text;
    }
    String name = "/jgroups/" + settings.kind().name().toLowerCase(Locale.ROOT) + ".xml";
    try (@Nullable InputStream file = JGroupsStack.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("The WAR has no file " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void refuseRenamed(String text, String file) {
    RENAMED.forEach(
        (before, now) -> {
          if (text.contains(before)) {
            throw new WrongSetting(
                "rollcall.cluster",
                "a JGroups file with " + now.getName() + ", as the class is named now",
                before + " in " + file);
          }
        });
  }

  private static void encrypt(JChannel channel, GcmEncrypt encryption, ClusterSettings settings)
      throws Exception {
    ProtocolStack stack = channel.getProtocolStack();
    @Nullable Protocol reliable = stack.findProtocol(NAKACK2.class);
    if (reliable == null) {
      throw new WrongSetting(
          "rollcall.cluster", "a JGroups file with pbcast.NAKACK2, to encrypt", settings.stack());
    }
    stack.insertProtocolInStack(encryption, reliable, ProtocolStack.Position.BELOW);
    encryption.init();
  }
}
