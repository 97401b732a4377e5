/**
 * The start: puts one node together, opens it, and takes it apart again.
 *
 * <p>Data flow: {@link org.rollcall.config.Settings} become one {@link org.rollcall.node.Node},
 * whose parts are handed to the beans that ask for them. This room may import every other; nobody
 * imports it.
 */
@NullMarked
package org.rollcall.node;

import org.jspecify.annotations.NullMarked;
