package org.rollcall.infinispan.jgroups;

import java.util.List;
import javax.sql.DataSource;
import org.infinispan.remoting.transport.jgroups.JGroupsChannelConfigurator;
import org.jgroups.JChannel;
import org.jgroups.conf.ProtocolConfiguration;
import org.jgroups.util.SocketFactory;

/**
 * Hands Infinispan a channel that was made already.
 *
 * <p>A transport that is given a channel loses it when Infinispan 16.1 copies its configuration,
 * and takes the default stack without a word: multicast, on all networks.
 *
 * @param channel the channel
 */
public record PreparedChannel(JChannel channel) implements JGroupsChannelConfigurator {
  @Override
  public String getName() {
    return "rollcall";
  }

  @Override
  public JChannel createChannel(String name) {
    return channel;
  }

  @Override
  public String getProtocolStackString() {
    return channel.getProtocolStack().printProtocolSpec(false);
  }

  @Override
  public List<ProtocolConfiguration> getProtocolStack() {
    return List.of();
  }

  @Override
  public void setSocketFactory(SocketFactory factory) {
    // JGroups's own.
  }

  @Override
  public void setDataSource(DataSource source) {
    // No stack keeps anything in a database.
  }
}
