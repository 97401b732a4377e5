package org.rollcall.identity.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HS256 with one key (RFC 7518, section 3.2).
 *
 * <p>Every connection verifies a signature, and a provider's look-up costs more than the hash: so
 * each {@link Mac} is used again, by one thread at a time. There are as many as threads have
 * verified at once. Safe for many threads; no call blocks.
 */
final class HmacSignature {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final Queue<Mac> idle = new ConcurrentLinkedQueue<>();

  /**
   * Creates one.
   *
   * @param key 32 bytes or more
   */
  HmacSignature(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Returns whether the last part of a compact token is the key's signature of the first two. */
  boolean isOf(String token) {
    int end = token.lastIndexOf('.');
    byte[] signed = token.substring(0, end).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] signature = Base64.getUrlDecoder().decode(token.substring(end + 1));
      return MessageDigest.isEqual(sign(signed), signature);
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  private byte[] sign(byte[] bytes) {
    @Nullable Mac free = idle.poll();
    Mac mac = free == null ? create() : free;
    byte[] signature = mac.doFinal(bytes);
    idle.add(mac);
    return signature;
  }

  private Mac create() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }
}
