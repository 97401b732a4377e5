package org.rollcall.identity.token;

import org.jose4j.lang.UnresolvableKeyException;

/**
 * Thrown for a token that is signed with a key that the issuer did not have when it was asked last,
 * but may have now.
 */
public final class UnknownKey extends UnresolvableKeyException {
  private static final long serialVersionUID = 1L;

  public UnknownKey() {
    super("A key that is not known");
  }
}
