package org.rollcall.infinispan.jgroups;

import org.jgroups.Event;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.MERGE3;

/**
 * JGroups's search for parts of the cluster, which never stops.
 *
 * <p>MERGE3 of JGroups 5.5 stops when a view is announced and starts again when it comes. At the
 * end of a merge a view comes to a coordinator twice: if another node's message is faster than its
 * own announcement, MERGE3 has started before it stops, and stays so until the next view. If that
 * node then loses the others for a moment, nothing brings them together again.
 *
 * <p>Called by threads of JGroups.
 */
public final class ReliableMerge3 extends MERGE3 {
  /** Called by JGroups, for the name of this class in a stack's file. */
  public ReliableMerge3() {
    // Nodes know each other's messages by it.
    setId(ClassConfigurator.getProtocolId(MERGE3.class));
  }

  @Override
  public Object down(Event event) {
    return event.getType() == Event.TMP_VIEW ? down_prot.down(event) : super.down(event);
  }
}
