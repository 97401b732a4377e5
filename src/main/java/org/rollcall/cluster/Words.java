package org.rollcall.cluster;

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
import org.rollcall.count.Share;
import org.rollcall.identity.Logout;
import org.rollcall.presence.Entry;
import org.rollcall.presence.Meta;
import org.rollcall.presence.Topic;
import org.rollcall.social.Rule;

/**
 * The messages and entries of nodes, in Protocol Buffers.
 *
 * <p>Written by hand: the records of other rooms know nothing of it, and there is no generated
 * code. A change of a field is a change of {@link Register#LAYOUT}.
 */
final class Words implements SerializationContextInitializer {
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
              Entry.Id.class,
              "Id",
              fields -> new Entry.Id(new Topic(fields.text(1)), fields.text(2), fields.text(3)),
              Words::write),
          new Word<>(
              Entry.class,
              "Entry",
              fields ->
                  new Entry(
                      new Entry.Id(new Topic(fields.text(1)), fields.text(2), fields.text(3)),
                      fields.text(4),
                      new Meta(fields.text(5), fields.number(6), fields.text(7)),
                      fields.number(8)),
              Words::write),
          new Word<>(
              CacheCountStore.Key.class,
              "Key",
              fields -> new CacheCountStore.Key(new Topic(fields.text(1)), fields.text(2)),
              Words::write),
          new Word<>(
              Rule.class,
              "Rule",
              fields -> new Rule(Rule.Kind.valueOf(fields.text(1)), fields.text(2), fields.text(3)),
              Words::write),
          new Word<>(Share.class, "Share", fields -> share(fields.text(1)), Words::write),
          new Word<>(
              Errand.class,
              "Errand",
              fields -> new Errand(fields.text(1), fields.text(2), fields.numbers()),
              Words::write),
          new Word<>(
              Errand.Result.class,
              "Result",
              fields -> new Errand.Result(fields.numbers(), fields.text(1)),
              Words::write),
          new Word<>(
              Logout.class,
              "Logout",
              fields ->
                  new Logout(
                      fields.some(1),
                      fields.some(2),
                      fields.some(5),
                      Instant.ofEpochMilli(fields.number(3)),
                      fields.text(4)),
              Words::write));

  private static void write(TagWriter out, Entry.Id id) throws IOException {
    out.writeString(1, id.topic().name());
    out.writeString(2, id.key());
    out.writeString(3, id.connection());
  }

  private static void write(TagWriter out, Entry entry) throws IOException {
    write(out, entry.id());
    out.writeString(4, entry.owner());
    out.writeString(5, entry.meta().ref());
    out.writeInt64(6, entry.meta().onlineAt());
    out.writeString(7, entry.meta().given());
    out.writeInt64(8, entry.lostAt());
  }

  private static void write(TagWriter out, CacheCountStore.Key key) throws IOException {
    out.writeString(1, key.topic().name());
    out.writeString(2, key.node());
  }

  private static void write(TagWriter out, Rule rule) throws IOException {
    out.writeString(1, rule.kind().name());
    out.writeString(2, rule.user());
    out.writeString(3, rule.other());
  }

  private static void write(TagWriter out, Share share) throws IOException {
    out.writeString(1, text(share));
  }

  /** Returns a share as one text: how many are here, and for each node how many came back. */
  static String text(Share share) {
    StringBuilder text = new StringBuilder().append(text(share.here()));
    new TreeMap<>(share.returned())
        .forEach((node, back) -> text.append(' ').append(node).append(' ').append(text(back)));
    return text.toString();
  }

  private static String text(Count count) {
    return count.viewers() + " " + count.users();
  }

  private static Share share(String text) {
    String[] parts = text.split(" ", -1);
    Map<String, Count> returned = new HashMap<>();
    for (int i = 2; i + 2 < parts.length; i += 3) {
      returned.put(parts[i], count(parts[i + 1], parts[i + 2]));
    }
    return new Share(count(parts[0], parts[1]), Map.copyOf(returned));
  }

  private static Count count(String viewers, String users) {
    return new Count(Integer.parseInt(viewers), Integer.parseInt(users));
  }

  private static void write(TagWriter out, Errand errand) throws IOException {
    out.writeString(1, errand.word());
    out.writeString(2, errand.about());
    out.writeBytes(Fields.NUMBERS, Fields.bytes(errand.numbers()));
  }

  private static void write(TagWriter out, Errand.Result result) throws IOException {
    out.writeString(1, result.text());
    out.writeBytes(Fields.NUMBERS, Fields.bytes(result.numbers()));
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
    T make(Fields fields);
  }

  private interface Writing<T> {
    void write(TagWriter out, T word) throws IOException;
  }

  /** One type on the wire. */
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
      return maker.make(Fields.read(context.getReader()));
    }

    @Override
    public void write(WriteContext context, T word) throws IOException {
      writing.write(context.getWriter(), word);
    }
  }
}
