package org.rollcall.presence;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.rollcall.cluster.MemberTable;
import org.rollcall.cluster.Membership;
import org.rollcall.concurrent.WorkerThreads;

/** A tracker on node 1 of a cluster; the test says what the other nodes do. */
abstract class ClusteredTrackerFixture extends TrackerFixture {
  List<String> up = List.of("node-1", "node-2");
  Set<String> leaving = Set.of();
  final MemberTable table = new MemberTable();
  final Membership members =
      new Membership() {
        @Override
        public MemberTable table() {
          return table;
        }

        @Override
        public String self() {
          return "node-1";
        }

        @Override
        public List<String> up() {
          return up;
        }

        @Override
        public boolean isLeaving(String node) {
          return leaving.contains(node);
        }

        @Override
        public void listen(Runnable changed) {
          // The test says when to look.
        }
      };
  final Tracker clustered =
      new Tracker(
          store,
          members,
          GRACE,
          new WorkerThreads(
              executor,
              executor,
              (task, delay) -> alarms.put(delay, task),
              () -> Instant.ofEpochMilli(now)));
}
