/**
 * JGroups: the stack's file, its encryption, and what three of its protocols lack.
 *
 * <p>Data flow: {@link org.rollcall.infinispan.jgroups.JGroupsStack} makes a channel of a file and
 * the settings; Infinispan sends by it. Each class that replaces one of JGroups says what is wrong
 * there. Next: {@code infinispan.InfinispanNode}.
 */
@NullMarked
package org.rollcall.infinispan.jgroups;

import org.jspecify.annotations.NullMarked;
