/**
 * Classes that tests share: clients, a node in the process, the scenarios of the protocol page, and
 * deployments of the built WAR.
 */
@NullMarked
package org.rollcall.testing;

import org.jspecify.annotations.NullMarked;
