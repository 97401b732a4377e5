package org.rollcall.infinispan;

import java.io.IOException;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;

/** Measures an entry on its way to another node, in Protocol Buffers. */
@State(Scope.Benchmark)
public class ProtoAdaptersBenchmark {
  private final SerializationContext context = ProtobufUtil.newSerializationContext();
  private final PresenceEntry entry =
      new PresenceEntry(
          new PresenceEntry.Id(Topic.ofUser("u0"), "u0", "F1q2w3e4r5t6z7u8"),
          "node-0123456789abcdef",
          Meta.of(1_700_000_000, "\"status\":\"away\""),
          0);
  private byte[] bytes = {};

  /** Registers the types, and writes the entry that is read. */
  @Setup
  public void begin() throws IOException {
    ProtoAdapters adapters = new ProtoAdapters();
    adapters.registerSchema(context);
    adapters.registerMarshallers(context);
    bytes = writeEntry();
  }

  /** Writes an entry. */
  @Benchmark
  public byte[] writeEntry() throws IOException {
    return ProtobufUtil.toWrappedByteArray(context, entry);
  }

  /** Reads an entry. */
  @Benchmark
  public PresenceEntry readEntry() throws IOException {
    return ProtobufUtil.fromWrappedByteArray(context, bytes);
  }
}
