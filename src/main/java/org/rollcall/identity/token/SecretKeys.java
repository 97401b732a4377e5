package org.rollcall.identity.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Derives keys from the operator's secrets. */
public final class SecretKeys {
  private static final String MAC = "HmacSHA256";
  private static final String STRETCHING = "PBKDF2WithHmacSHA512";
  private static final String SALT = "rollcall.cluster.secret";
  private static final int ROUNDS = 210_000;
  private static final int KEY_BITS = 256;

  private SecretKeys() {}

  /**
   * Returns the key that {@code rollcall.cluster.secret} stands for, by PBKDF2. It takes a tenth of
   * a second, so that a short secret cannot be found by guessing.
   */
  public static byte[] stretch(String secret) {
    byte[] salt = SALT.getBytes(StandardCharsets.UTF_8);
    PBEKeySpec spec = new PBEKeySpec(secret.toCharArray(), salt, ROUNDS, KEY_BITS);
    try {
      return SecretKeyFactory.getInstance(STRETCHING).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + STRETCHING, e);
    }
  }

  /**
   * Returns a key for one purpose. It reveals nothing about the key that it is made from, nor about
   * those for other purposes.
   *
   * @param key 32 bytes or more that cannot be guessed
   * @param purpose what the new key is for
   */
  static byte[] derive(byte[] key, String purpose) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
      return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + MAC, e);
    }
  }
}
