/**
 * The rules that hide users from each other, the same on every node.
 *
 * <p>Data flow: {@link org.rollcall.social.rules.RuleWriter} writes a {@link
 * org.rollcall.social.rules.VisibilityRule} into the table and into the {@link
 * org.rollcall.social.rules.RuleStore}; on every node {@link
 * org.rollcall.social.rules.VisibilityRules} gets it from the store's listener. Next: {@code
 * social.Visibility}, and {@code node.Evictions}, which closes or updates sockets and ends entries.
 */
@NullMarked
package org.rollcall.social.rules;

import org.jspecify.annotations.NullMarked;
