package org.rollcall.infinispan.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jgroups.Event;
import org.jgroups.JChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.config.Settings;
import org.rollcall.infinispan.TcpClusterFixture;

/** When nodes look for other parts of their cluster. */
@Timeout(60)
class ReliableMerge3Test {
  @Test
  void anAnnouncementThatComesAfterItsViewStopsNothing() throws Exception {
    Map<String, String> settings =
        Map.of(
            "rollcall.cluster", "tcp",
            "rollcall.cluster.port", Integer.toString(TcpClusterFixture.free()),
            "rollcall.cluster.hosts", "127.0.0.1");
    Settings read = Settings.read(name -> Optional.ofNullable(settings.get(name)));
    try (JChannel channel = JGroupsStack.channel(read.node().cluster())) {
      channel.connect("merge");
      ReliableMerge3 merge = channel.getProtocolStack().findProtocol(ReliableMerge3.class);
      merge.down(new Event(Event.TMP_VIEW, channel.getView()));
      assertThat(merge.isInfoSenderRunning()).isTrue();
      assertThat(merge.isViewConsistencyCheckerRunning()).isTrue();
    }
  }
}
