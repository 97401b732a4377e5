/**
 * The replicated memory: Infinispan caches behind the ports of presence and count.
 *
 * <p>Data flow: a write goes into a cache; the cache's listener, on every node, hands the id on.
 * Nobody imports this room but the start.
 */
@NullMarked
package org.rollcall.cluster;

import org.jspecify.annotations.NullMarked;
