package org.rollcall.infinispan.jgroups;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jgroups.BytesMessage;
import org.jgroups.Message;
import org.jgroups.protocols.EncryptHeader;
import org.jgroups.protocols.SYM_ENCRYPT;
import org.jgroups.util.Util;
import org.rollcall.identity.token.SecretKeys;

/**
 * JGroups's encryption by a shared secret, but of whole messages and by AES in Galois/Counter Mode:
 * without the secret nobody can read a message or make one.
 *
 * <p>JGroups 5.5 itself leaves messages open that have headers only, such as those of joins, and
 * knows no cipher that notices a changed message. Why there is no AUTH beside it: ADR 0012.
 */
@SuppressWarnings("unchecked")
final class GcmEncrypt extends SYM_ENCRYPT {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final short ID = 1024;
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  GcmEncrypt(String secret) {
    setId(ID);
    setSecretKey(new SecretKeySpec(SecretKeys.stretch(secret), "AES"));
    // This only names the key; the cipher is below.
    sym_algorithm = "AES";
    sym_iv_length = IV_BYTES;
  }

  @Override
  protected Message encrypt(Message message) throws Exception {
    if (message.getSrc() == null) {
      message.setSrc(local_addr);
    }
    org.jgroups.util.ByteArray open = Util.messageToBuffer(message);
    byte[] iv = makeIv();
    byte[] encrypted = code(open.array(), open.offset(), open.length(), iv, false);
    EncryptHeader header = new EncryptHeader((byte) 0, symVersion(), iv).needsDeserialization(true);
    return new BytesMessage(message.dest())
        .setSrc(message.getSrc())
        .setFlag(message.getFlags(false), false)
        .setFlag(message.getFlags(true), true)
        .setArray(encrypted)
        .putHeader(id, header);
  }

  @Override
  protected Message _decrypt(
      Cipher unused, java.security.Key key, Message message, EncryptHeader header)
      throws Exception {
    if (!message.hasPayload() || !header.needsDeserialization()) {
      throw new GeneralSecurityException("expected an encrypted message, but got an open one");
    }
    byte[] open =
        code(message.getArray(), message.getOffset(), message.getLength(), header.iv(), true);
    return Util.messageFromBuffer(open, 0, open.length);
  }

  @Override
  protected byte[] code(byte[] bytes, int offset, int length, byte[] iv, boolean decode)
      throws Exception {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        decode ? Cipher.DECRYPT_MODE : Cipher.ENCRYPT_MODE,
        secret_key,
        new GCMParameterSpec(TAG_BITS, iv));
    return cipher.doFinal(bytes, offset, length);
  }
}
