/**
 * The answers to probes and load balancers: whether this node is alive, and whether clients should
 * come to it.
 *
 * <p>Data flow: {@link org.rollcall.health.HealthServlet} asks {@link org.rollcall.health.Health},
 * which reads the states of the node's parts. This room knows no user and no other node's name, and
 * no call waits. Next: {@code node.NodeHealth}, which connects the parts.
 */
@NullMarked
package org.rollcall.health;

import org.jspecify.annotations.NullMarked;
