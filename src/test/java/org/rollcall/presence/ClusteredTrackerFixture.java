package org.rollcall.presence;

import java.time.Instant;
import org.rollcall.concurrent.WorkerThreads;
import org.rollcall.testing.ManualMembership;

/** A tracker on node 1 of a cluster; the test says what the other nodes do. */
abstract class ClusteredTrackerFixture extends TrackerFixture {
  final ManualMembership members = new ManualMembership("node-1", "node-2");
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
