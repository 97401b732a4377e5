/**
 * Every setting: its name, unit and default, read and checked once.
 *
 * <p>Data flow: MicroProfile Config (system properties, {@code ROLLCALL_...} environment variables,
 * files) becomes one {@link org.rollcall.config.Settings}, or one sentence that says what is wrong.
 * This room knows nothing of what the settings are for.
 */
@NullMarked
package org.rollcall.config;

import org.jspecify.annotations.NullMarked;
