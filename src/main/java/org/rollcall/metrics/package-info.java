/**
 * The numbers of a node's work and state, for Prometheus.
 *
 * <p>Data flow: the parts of the node count for themselves; {@link org.rollcall.metrics.Meters}
 * reads their numbers when {@link org.rollcall.metrics.MetricsServlet} is asked. No other room
 * knows Micrometer, and no meter knows a user, a topic or a node's name. Next: {@code
 * node.NodeMeters}, which connects each meter with its number.
 */
@NullMarked
package org.rollcall.metrics;

import org.jspecify.annotations.NullMarked;
