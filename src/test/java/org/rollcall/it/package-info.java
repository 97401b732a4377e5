/**
 * The built WAR from outside, the same on each server: one class for each configuration, made up of
 * the rules that hold in it.
 */
@NullMarked
package org.rollcall.it;

import org.jspecify.annotations.NullMarked;
