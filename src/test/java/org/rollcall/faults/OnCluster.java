package org.rollcall.faults;

/** Rules that hold on a cluster of three nodes, a, b and c, where {@code rollcall.grace=PT0S}. */
interface OnCluster {
  RunningCluster cluster();
}
