/**
 * Plain JSON over HTTP: counts for everyone, presence for callers who may see it, friends' lists
 * and users' sockets for administrators.
 *
 * <p>Data flow: a request's bearer token becomes a caller; a resource reads presence, counts or
 * friends; JSON-B writes the answer. Every error is a problem (RFC 9457). This room knows no
 * connection. Next: {@code presence.Tracker}, {@code count.Counts} and {@code social.Visibility}.
 */
@NullMarked
package org.rollcall.api;

import org.jspecify.annotations.NullMarked;
