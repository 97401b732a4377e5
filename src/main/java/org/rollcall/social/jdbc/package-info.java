/**
 * Databases: queries, transactions, and the creation of Rollcall's own tables.
 *
 * <p>Data flow: work is handed to a {@link org.rollcall.social.jdbc.Database}, which gives it a
 * connection. No driver's message leaves this room. Next: {@code social.friends} and {@code
 * social.rules}, which ask.
 */
@NullMarked
package org.rollcall.social.jdbc;

import org.jspecify.annotations.NullMarked;
