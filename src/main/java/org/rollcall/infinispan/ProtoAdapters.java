package org.rollcall.infinispan;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.infinispan.protostream.FileDescriptorSource;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.SerializationContext;
import org.infinispan.protostream.SerializationContextInitializer;
import org.infinispan.protostream.TagWriter;
import org.rollcall.count.Count;
import org.rollcall.count.NodeCount;
import org.rollcall.identity.logout.Logout;
import org.rollcall.presence.Meta;
import org.rollcall.presence.PresenceEntry;
import org.rollcall.presence.Topic;
import org.rollcall.social.rules.VisibilityRule;

/**
 * The messages and entries of nodes, in Protocol Buffers.
 *
 * <p>Written by hand: the records of other rooms know nothing of it, and there is no generated
 * code. A change of a field is a change of {@link NodeRegistry#LAYOUT}.
 */
final class ProtoAdapters implements SerializationContextInitializer {
  private static final String FILE = "rollcall.proto";
  private static final String SCHEMA =
      """
      syntax = "proto3";
      package rollcall;
      message Id { string topic = 1; string key = 2; string connection = 3; }
      message Entry {
        string topic = 1; string key = 2; string connection = 3; string owner = 4;
        string ref = 5; int64 onlineAt = 6; string given = 7; int64 lostAt = 8;
      }
      message Key { string topic = 1; string node = 2; }
      message Rule { string kind = 1; string user = 2; string other = 3; }
      message Share { string counts = 1; }
      message Errand { string word = 1; string about = 2; bytes numbers = 9; }
      message Result { string text = 1; bytes numbers = 9; }
      message Logout { string session = 1; string user = 2; int64 at = 3; string id = 4; string subject = 5; }
      """;

  private static final List<Word<?>> WORDS =
      List.of(
          new Word<>(
              PresenceEntry.Id.class,
              "Id",
              protoFields ->
                  new PresenceEntry.Id(
                      new Topic(protoFields.text(1)), protoFields.text(2), protoFields.text(3)),
              ProtoAdapters::write),
          new Word<>(
              PresenceEntry.class,
              "Entry",
              protoFields ->
                  new PresenceEntry(
                      new PresenceEntry.Id(
                          new Topic(protoFields.text(1)), protoFields.text(2), protoFields.text(3)),
                      protoFields.text(4),
                      new Meta(protoFields.text(5), protoFields.number(6), protoFields.text(7)),
                      protoFields.number(8)),
              ProtoAdapters::write),
          new Word<>(
              InfinispanCountStore.Key.class,
              "Key",
              protoFields ->
                  new InfinispanCountStore.Key(new Topic(protoFields.text(1)), protoFields.text(2)),
              ProtoAdapters::write),
          new Word<>(
              VisibilityRule.class,
              "Rule",
              protoFields ->
                  new VisibilityRule(
                      VisibilityRule.Kind.valueOf(protoFields.text(1)),
                      protoFields.text(2),
                      protoFields.text(3)),
              ProtoAdapters::write),
          new Word<>(
              NodeCount.class,
              "Share",
              protoFields -> nodeCount(protoFields.text(1)),
              ProtoAdapters::write),
          new Word<>(
              CommandEnvelope.class,
              "Errand",
              protoFields ->
                  new CommandEnvelope(
                      Command.of(
                          new Command.Wire(
                              protoFields.text(1), protoFields.text(2), protoFields.numbers()))),
              ProtoAdapters::write),
          new Word<>(
              Command.Result.class,
              "Result",
              protoFields -> new Command.Result(protoFields.numbers(), protoFields.text(1)),
              ProtoAdapters::write),
          new Word<>(
              Logout.class,
              "Logout",
              protoFields ->
                  new Logout(
                      protoFields.some(1),
                      protoFields.some(2),
                      protoFields.some(5),
                      Instant.ofEpochMilli(protoFields.number(3)),
                      protoFields.text(4)),
              ProtoAdapters::write));

  private static void write(TagWriter out, PresenceEntry.Id id) throws IOException {
    out.writeString(1, id.topic().name());
    out.writeString(2, id.key());
    out.writeString(3, id.connection());
  }

  private static void write(TagWriter out, PresenceEntry entry) throws IOException {
    write(out, entry.id());
    out.writeString(4, entry.owner());
    out.writeString(5, entry.meta().ref());
    out.writeInt64(6, entry.meta().onlineAt());
    out.writeString(7, entry.meta().given());
    out.writeInt64(8, entry.lostAt());
  }

  private static void write(TagWriter out, InfinispanCountStore.Key key) throws IOException {
    out.writeString(1, key.topic().name());
    out.writeString(2, key.node());
  }

  private static void write(TagWriter out, VisibilityRule rule) throws IOException {
    out.writeString(1, rule.kind().name());
    out.writeString(2, rule.user());
    out.writeString(3, rule.other());
  }

  private static void write(TagWriter out, NodeCount nodeCount) throws IOException {
    out.writeString(1, text(nodeCount));
  }

  /**
   * Returns a node's count as one text: how many are here, and for each node how many came back.
   */
  static String text(NodeCount nodeCount) {
    StringBuilder text = new StringBuilder().append(text(nodeCount.here()));
    new TreeMap<>(nodeCount.returned())
        .forEach((node, back) -> text.append(' ').append(node).append(' ').append(text(back)));
    return text.toString();
  }

  private static String text(Count count) {
    return count.viewers() + " " + count.users();
  }

  private static NodeCount nodeCount(String text) {
    String[] parts = text.split(" ", -1);
    Map<String, Count> returned = new HashMap<>();
    for (int i = 2; i + 2 < parts.length; i += 3) {
      returned.put(parts[i], count(parts[i + 1], parts[i + 2]));
    }
    return new NodeCount(count(parts[0], parts[1]), Map.copyOf(returned));
  }

  private static Count count(String viewers, String users) {
    return new Count(Integer.parseInt(viewers), Integer.parseInt(users));
  }

  private static void write(TagWriter out, CommandEnvelope envelope) throws IOException {
    Command.Wire wire = envelope.command().wire();
    out.writeString(1, wire.word());
    out.writeString(2, wire.text());
    out.writeBytes(ProtoFields.NUMBERS, ProtoFields.bytes(wire.numbers()));
  }

  private static void write(TagWriter out, Command.Result result) throws IOException {
    out.writeString(1, result.text());
    out.writeBytes(ProtoFields.NUMBERS, ProtoFields.bytes(result.numbers()));
  }

  private static void write(TagWriter out, Logout logout) throws IOException {
    out.writeString(1, logout.session().orElse(""));
    out.writeString(2, logout.user().orElse(""));
    out.writeInt64(3, logout.at().toEpochMilli());
    out.writeString(4, logout.id());
    out.writeString(5, logout.subject().orElse(""));
  }

  @Override
  public void registerSchema(SerializationContext context) {
    context.registerProtoFiles(FileDescriptorSource.fromString(FILE, SCHEMA));
  }

  @Override
  public void registerMarshallers(SerializationContext context) {
    WORDS.forEach(context::registerMarshaller);
  }

  /** Reads the fields of a word. */
  private interface Maker<T> {
    T make(ProtoFields protoFields);
  }

  private interface Writing<T> {
    void write(TagWriter out, T word) throws IOException;
  }

  /** One type as it is sent. */
  private record Word<T>(Class<T> type, String name, Maker<T> maker, Writing<T> writing)
      implements ProtobufTagMarshaller<T> {
    @Override
    public Class<? extends T> getJavaClass() {
      return type;
    }

    @Override
    public String getTypeName() {
      return "rollcall." + name;
    }

    @Override
    public T read(ReadContext context) throws IOException {
      return maker.make(ProtoFields.read(context.getReader()));
    }

    @Override
    public void write(WriteContext context, T word) throws IOException {
      writing.write(context.getWriter(), word);
    }
  }
}
