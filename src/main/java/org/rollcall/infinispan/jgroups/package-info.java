/**
 * JGroups: the stack's file, its encryption, and corrections of its protocols.
 *
 * <p>Data flow: {@link org.rollcall.infinispan.jgroups.JGroupsStack} makes a channel of a file and
 * the settings; Infinispan sends by it. Each class that replaces a class of JGroups says which
 * fault that one has. Next: {@code infinispan.InfinispanNode}.
 */
@NullMarked
package org.rollcall.infinispan.jgroups;

import org.jspecify.annotations.NullMarked;
