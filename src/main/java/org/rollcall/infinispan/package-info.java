/**
 * The adapter: replicated caches, the view of the cluster and the commands between nodes, behind
 * the ports of the rooms presence, count, cluster, identity.logout and social.rules.
 *
 * <p>Data flow: a write goes into a cache; the cache's listener, on every node, reports the key.
 * Only {@code node} imports this room. Next: {@link org.rollcall.presence.StoreWatcher}.
 */
@NullMarked
package org.rollcall.infinispan;

import org.jspecify.annotations.NullMarked;
