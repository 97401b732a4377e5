/**
 * Documents that are read over HTTP, within one deadline and one size for each.
 *
 * <p>Data flow: {@link org.rollcall.http.HttpFetcher} sends a request and returns the body, or
 * throws. This room knows neither tokens nor friends. Next: {@code identity.oidc} and {@code
 * social.friends}, which read the documents.
 */
@NullMarked
package org.rollcall.http;

import org.jspecify.annotations.NullMarked;
