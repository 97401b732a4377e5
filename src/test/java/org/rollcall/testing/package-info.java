/** What tests share: clients, a node in the process, and the scenarios of the protocol page. */
@NullMarked
package org.rollcall.testing;

import org.jspecify.annotations.NullMarked;
