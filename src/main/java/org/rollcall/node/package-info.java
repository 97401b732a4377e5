/**
 * The start: puts one node together, opens it, and takes it apart again.
 *
 * <p>Data flow: {@link org.rollcall.config.Settings} become one {@link org.rollcall.node.Node},
 * whose parts {@code NodeParts} produces for the beans that inject them. This room may import every
 * other, and no room imports it. Next: {@code transport} and {@code api}, at which clients arrive.
 */
@NullMarked
package org.rollcall.node;

import org.jspecify.annotations.NullMarked;
