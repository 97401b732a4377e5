/**
 * How many connections are here, anonymous (viewers) and signed in (users), never who.
 *
 * <p>Data flow: {@link org.rollcall.count.Counts#enter} moves the topic's {@link
 * org.rollcall.count.TopicCounter}; a {@link org.rollcall.count.Pacer} says when the change may be
 * told; every subscriber is told the way from what it last saw to what is true now. This room knows
 * no identity at all: there is none in any of its types.
 */
@NullMarked
package org.rollcall.count;

import org.jspecify.annotations.NullMarked;
