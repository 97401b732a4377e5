/**
 * The answers to probes and load balancers: whether this node is alive, and whether clients should
 * come to it.
 *
 * <p>Data flow: {@link org.rollcall.health.HealthServlet} asks {@link org.rollcall.health.Health},
 * which reads what the parts of the node say of themselves. It knows no user and no other node's
 * name, and nobody waits here.
 */
@NullMarked
package org.rollcall.health;

import org.jspecify.annotations.NullMarked;
