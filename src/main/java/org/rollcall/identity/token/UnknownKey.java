package org.rollcall.identity.token;

import org.jose4j.lang.UnresolvableKeyException;

/** Thrown for a token by a key that the issuer may have, but had not when it was asked last. */
public final class UnknownKey extends UnresolvableKeyException {
  private static final long serialVersionUID = 1L;

  public UnknownKey() {
    super("A key that is not known");
  }
}
