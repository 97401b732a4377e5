package org.rollcall.identity;

import org.jose4j.lang.UnresolvableKeyException;

/** Thrown for a token by a key that the issuer may have, but had not when it was asked last. */
final class UnknownKey extends UnresolvableKeyException {
  private static final long serialVersionUID = 1L;

  UnknownKey() {
    super("A key that is not known");
  }
}
