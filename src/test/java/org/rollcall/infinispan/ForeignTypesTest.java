package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.infinispan.commons.marshall.Marshaller;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.factories.KnownComponentNames;
import org.infinispan.protostream.FileDescriptorSource;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.VisibilityRule;
import org.rollcall.testing.LocalNode;

/** The types that a node reads from bytes: Rollcall's own and Infinispan's, and no other type. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ForeignTypesTest {
  private final ClusterFixture clusterFixture = new ClusterFixture(Map.of());
  private final LocalNode node = clusterFixture.start();

  @AfterEach
  void stop() {
    clusterFixture.close();
  }

  /** A type that would do harm when it is read. */
  private static final class Foreign implements Serializable {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger READ = new AtomicInteger();

    private void readObject(ObjectInputStream in) {
      READ.incrementAndGet();
    }
  }

  /** A marshaller of a foreign type. */
  private static final class ForeignWord implements ProtobufTagMarshaller<Foreign> {
    @Override
    public Class<Foreign> getJavaClass() {
      return Foreign.class;
    }

    @Override
    public String getTypeName() {
      return "foreign.Foreign";
    }

    @Override
    public Foreign read(ReadContext context) {
      return new Foreign();
    }

    @Override
    public void write(WriteContext context, Foreign foreign) {}
  }

  private Marshaller marshaller() {
    return GlobalComponentRegistry.of(node.node().caches().manager())
        .getComponent(Marshaller.class, KnownComponentNames.INTERNAL_MARSHALLER);
  }

  private static byte[] javaSerialized() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Foreign());
    }
    return bytes.toByteArray();
  }

  private static byte[] foreignWord() throws IOException {
    SerializationContext context = ProtobufUtil.newSerializationContext();
    context.registerProtoFiles(
        FileDescriptorSource.fromString(
            "foreign.proto", "syntax = \"proto3\"; package foreign; message Foreign {}"));
    context.registerMarshaller(new ForeignWord());
    return ProtobufUtil.toWrappedByteArray(context, new Foreign());
  }

  @Test
  void ourOwnWordsAreRead() throws Exception {
    PresenceEntry entry =
        new PresenceEntry(
            new PresenceEntry.Id(new Topic("room:1"), "ada", "c"),
            "node",
            new Meta("ref", 1, ""),
            0);
    Optional<String> none = Optional.empty();
    Instant at = Instant.ofEpochMilli(1234);
    Logout user = new Logout(none, Optional.of("ada"), none, at, "id");
    Logout subject = new Logout(Optional.of("desk"), none, Optional.of("issuers-ada"), at, "id");
    VisibilityRule rule = VisibilityRule.apart("ada", "ben");
    for (Object word : List.of(entry, user, subject, rule)) {
      byte[] bytes = marshaller().objectToByteBuffer(word);
      assertThat(marshaller().objectFromByteBuffer(bytes)).isEqualTo(word);
    }
  }

  @Test
  void aForeignTypeIsNotWritten() throws Exception {
    assertThat(marshaller().isMarshallable(new Foreign())).isFalse();
    assertThatThrownBy(() -> marshaller().objectToByteBuffer(new Foreign()))
        .isInstanceOf(Exception.class);
  }

  @Test
  void aForeignWordIsNotRead() throws Exception {
    byte[] bytes = foreignWord();
    assertThatThrownBy(() -> marshaller().objectFromByteBuffer(bytes))
        .isInstanceOf(Exception.class);
  }

  @Test
  void javaSerializationIsNotRead() throws Exception {
    byte[] bytes = javaSerialized();
    assertThatThrownBy(() -> marshaller().objectFromByteBuffer(bytes))
        .isInstanceOf(Exception.class);
    assertThat(Foreign.READ).hasValue(0);
  }
}
