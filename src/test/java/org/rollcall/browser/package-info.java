/**
 * The built WAR in a real browser: the demo page, and pages of another origin that use npm's
 * Phoenix clients as they are.
 *
 * <p>Data flow: a test deploys the WAR, opens pages in {@code Chromium}, each a visitor, and reads
 * what the visitors see. Needs Chromium, Node and npm: {@code mvn verify -Pbrowser}.
 */
@NullMarked
package org.rollcall.browser;

import org.jspecify.annotations.NullMarked;
