/**
 * The numbers of connections on topics, anonymous (viewers) and signed in (users), never their
 * identities.
 *
 * <p>Data flow: {@link org.rollcall.count.Counts#enter} changes the topic's {@link
 * org.rollcall.count.TopicCounter}; a {@link org.rollcall.count.Pacer} decides when the change may
 * be sent; every subscriber gets the change from the count that it was sent last to the present
 * one. None of this room's types has an identity. Next: {@code channel.CountChannel} and {@code
 * events.EventStream}, which subscribe, and {@code infinispan}, which stores each node's counts.
 */
@NullMarked
package org.rollcall.count;

import org.jspecify.annotations.NullMarked;
