/**
 * What a cluster is, in plain Java: its members and their status, the questions between nodes, and
 * replicas that are held against their owners.
 *
 * <p>Data flow: a change of the view, which {@link org.rollcall.cluster.Membership} tells, goes
 * through the steps of the {@link org.rollcall.cluster.ClusterAuditor}. A {@link
 * org.rollcall.cluster.Reconciler} compares the {@link org.rollcall.cluster.Digest} of a {@link
 * org.rollcall.cluster.Replica} with what the {@link org.rollcall.cluster.OwnerClient} says. This
 * room knows no cache and no JGroups; the room infinispan implements it.
 */
@NullMarked
package org.rollcall.cluster;

import org.jspecify.annotations.NullMarked;
