/**
 * Clusters of real server processes that are killed, stopped, cut off and restarted, seen by their
 * clients: {@code mvn verify -Pfaults}.
 */
@NullMarked
package org.rollcall.faults;

import org.jspecify.annotations.NullMarked;
