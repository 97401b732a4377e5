/**
 * The demo: a page, 24 people who know each other, a token for anyone, and the documents.
 *
 * <p>Data flow: the page asks for the people and for a token, and then is a client like any other.
 * All of it answers only if {@code rollcall.demo} is on. Only {@code node} imports this room. Next:
 * {@code identity.token.ConnectTokens}, which signs the page's tokens.
 */
@NullMarked
package org.rollcall.demo;

import org.jspecify.annotations.NullMarked;
