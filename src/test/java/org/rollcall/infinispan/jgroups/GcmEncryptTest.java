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

  private GcmEncrypt seal(String secret) throws Exception {
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

  private static Message sealed(GcmEncrypt encryption) throws Exception {
    return encryption.encrypt(new BytesMessage(UUID.randomUUID(), TEXT));
  }

  @Test
  void whoKnowsTheSecretReadsWhatWasSealed() throws Exception {
    Message message = sealed(seal(SECRET));
    assertThat(new String(message.getArray(), StandardCharsets.ISO_8859_1)).doesNotContain("ada");
    seal(SECRET).up(message);
    assertThat(arrived).hasSize(1);
    assertThat((byte[]) arrived.get(0).getObject()).isEqualTo(TEXT);
  }

  @Test
  void aMessageThatWasChangedIsDropped() throws Exception {
    GcmEncrypt receiver = seal(SECRET);
    for (int at = 0; at < sealed(receiver).getLength(); at++) {
      Message message = sealed(receiver);
      message.getArray()[message.getOffset() + at] ^= 1;
      receiver.up(message);
      assertThat(arrived).as("changed at byte %s", at).isEmpty();
    }
  }

  @Test
  void aMessageOfAnotherSecretIsDropped() throws Exception {
    seal(SECRET).up(sealed(seal("another horse battery")));
    assertThat(arrived).isEmpty();
  }

  @Test
  void anOpenMessageIsDropped() throws Exception {
    GcmEncrypt receiver = seal(SECRET);
    receiver.up(new BytesMessage(UUID.randomUUID(), TEXT).setSrc(UUID.randomUUID()));
    receiver.up(new EmptyMessage(UUID.randomUUID()).setSrc(UUID.randomUUID()));
    assertThat(arrived).isEmpty();
  }

  @Test
  void theSameMessageIsNeverSealedTheSame() throws Exception {
    GcmEncrypt sender = seal(SECRET);
    assertThat(sealed(sender).getArray()).isNotEqualTo(sealed(sender).getArray());
  }
}
