/**
 * The Java API on top of a node: the classes behind the types of {@code org.rollcall}.
 *
 * <p>Data flow: a bean of the application calls {@link org.rollcall.cdi.LivePresence}, which reads
 * the {@code presence.Tracker} and has {@link org.rollcall.cdi.TrackedPresences} track. The tracker
 * marks users, and {@link org.rollcall.cdi.PresenceEvents} compares and sends events to observers.
 * This room knows no container: {@code node} finds the application's beans and hands them in. Next:
 * {@code presence.Tracker} and {@code count.Counts}.
 */
@NullMarked
package org.rollcall.cdi;

import org.jspecify.annotations.NullMarked;
