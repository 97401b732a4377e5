/**
 * Every setting: its name, unit and default, read and checked once.
 *
 * <p>Data flow: MicroProfile Config (system properties, {@code ROLLCALL_...} environment variables,
 * files) becomes one {@link org.rollcall.config.Settings}, or one sentence that says what is wrong.
 * This room does not know the use of any setting. Next: {@code node.Node}, which gives each part
 * its settings.
 */
@NullMarked
package org.rollcall.config;

import org.jspecify.annotations.NullMarked;
