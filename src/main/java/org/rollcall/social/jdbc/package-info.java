/**
 * Databases: questions, changes that happen as a whole, tables that a node creates.
 *
 * <p>Data flow: work is handed to a {@link org.rollcall.social.jdbc.Database}, which gives it a
 * connection. No driver's message leaves this room. Next: {@code social.friends} and {@code
 * social.rules}, which ask.
 */
@NullMarked
package org.rollcall.social.jdbc;

import org.jspecify.annotations.NullMarked;
