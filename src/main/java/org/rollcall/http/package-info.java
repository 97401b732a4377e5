/**
 * Documents that are read over HTTP, within one deadline and one size for each.
 *
 * <p>Data flow: {@link org.rollcall.http.HttpFetcher} asks, and a body or an exception is the
 * answer. This room knows neither tokens nor friends.
 */
@NullMarked
package org.rollcall.http;

import org.jspecify.annotations.NullMarked;
