package org.rollcall.infinispan.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.BytesMessage;
import org.jgroups.EmptyMessage;
import org.jgroups.Message;
import org.jgroups.stack.Protocol;
import org.jgroups.util.UUID;
import org.junit.jupiter.api.Test;

class GcmEncryptTest {
  private static final String SECRET = "correct horse battery";
  private static final byte[] TEXT = "ada is here".getBytes(StandardCharsets.UTF_8);

  private final List<Message> arrived = new ArrayList<>();

  private GcmEncrypt encryption(String secret) throws Exception {
    GcmEncrypt encryption = new GcmEncrypt(secret);
    encryption.addr(UUID.randomUUID());
    encryption.setUpProtocol(
        new Protocol() {
          @Override
          public Object up(Message message) {
            return arrived.add(message);
          }
        });
    encryption.init();
    return encryption;
  }

  private static Message encrypted(GcmEncrypt encryption) throws Exception {
    return encryption.encrypt(new BytesMessage(UUID.randomUUID(), TEXT));
  }

  @Test
  void aNodeWithTheSecretReadsAnEncryptedMessage() throws Exception {
    Message message = encrypted(encryption(SECRET));
    assertThat(new String(message.getArray(), StandardCharsets.ISO_8859_1)).doesNotContain("ada");
    encryption(SECRET).up(message);
    assertThat(arrived).hasSize(1);
    assertThat((byte[]) arrived.get(0).getObject()).isEqualTo(TEXT);
  }

  @Test
  void aMessageThatWasChangedIsDropped() throws Exception {
    GcmEncrypt receiver = encryption(SECRET);
    for (int at = 0; at < encrypted(receiver).getLength(); at++) {
      Message message = encrypted(receiver);
      message.getArray()[message.getOffset() + at] ^= 1;
      receiver.up(message);
      assertThat(arrived).as("changed at byte %s", at).isEmpty();
    }
  }

  @Test
  void aMessageOfAnotherSecretIsDropped() throws Exception {
    encryption(SECRET).up(encrypted(encryption("another horse battery")));
    assertThat(arrived).isEmpty();
  }

  @Test
  void anOpenMessageIsDropped() throws Exception {
    GcmEncrypt receiver = encryption(SECRET);
    receiver.up(new BytesMessage(UUID.randomUUID(), TEXT).setSrc(UUID.randomUUID()));
    receiver.up(new EmptyMessage(UUID.randomUUID()).setSrc(UUID.randomUUID()));
    assertThat(arrived).isEmpty();
  }

  @Test
  void theSameMessageIsNeverEncryptedTheSame() throws Exception {
    GcmEncrypt sender = encryption(SECRET);
    assertThat(encrypted(sender).getArray()).isNotEqualTo(encrypted(sender).getArray());
  }
}
