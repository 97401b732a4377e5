/**
 * The cluster, in plain Java: its members and their status, the messages between nodes, and
 * replicas that are compared with their owners.
 *
 * <p>Data flow: a change of the view, which {@link org.rollcall.cluster.Membership} reports, goes
 * through the steps of the {@link org.rollcall.cluster.ClusterAuditor}. A {@link
 * org.rollcall.cluster.Reconciler} compares the {@link org.rollcall.cluster.Digest} of a {@link
 * org.rollcall.cluster.Replica} with the answers of the {@link org.rollcall.cluster.OwnerClient}.
 * This room knows no cache and no JGroups. Next: {@code infinispan}, which implements its
 * interfaces.
 */
@NullMarked
package org.rollcall.cluster;

import org.jspecify.annotations.NullMarked;
