package org.rollcall.infinispan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.infinispan.commons.marshall.Marshaller;
import org.infinispan.factories.GlobalComponentRegistry;
import org.infinispan.factories.KnownComponentNames;
import org.infinispan.protostream.FileDescriptorSource;
import org.infinispan.protostream.ProtobufTagMarshaller;
import org.infinispan.protostream.ProtobufUtil;
import org.infinispan.protostream.SerializationContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rollcall.cluster.ClusterMessenger;
import org.rollcall.cluster.Digest;
import org.rollcall.testing.LocalNode;
import org.rollcall.testing.LoggedTroubles;

/** The commands that nodes send to each other, and commands that a node cannot read. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommandTest {
  private static final long[] SUMS = new long[Digest.BUCKETS];

  private static final ClusterFixture CLUSTER = new ClusterFixture(Map.of());
  private static final LocalNode NODE = CLUSTER.start();

  @AfterAll
  static void stop() {
    CLUSTER.close();
  }

  private static Command.Wire wire(String word, String text, long... numbers) {
    return new Command.Wire(word, text, numbers);
  }

  /** As nodes of layout 6 have sent them from the first: a change breaks rolling updates. */
  static Stream<Map.Entry<Command, Command.Wire>> commands() {
    return Map.<Command, Command.Wire>of(
        new Command.Compare("presence", SUMS), wire("ask presence", "", SUMS),
        new Command.WriteAgain("counts", new long[] {1, -1}), wire("write counts", "", 1, -1),
        new Command.Report(), wire("report", ""),
        new Command.Message("friends-of", "ada"), wire("tell friends-of", "ada"))
        .entrySet()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandIsSentAsItAlwaysWasAndReadAgain(Map.Entry<Command, Command.Wire> command) {
    assertThat(command.getKey().wire()).usingRecursiveComparison().isEqualTo(command.getValue());
    assertThat(Command.of(command.getValue()))
        .usingRecursiveComparison()
        .isEqualTo(command.getKey());
  }

  static Stream<Command.Wire> strange() {
    return Stream.of(
        wire("", ""),
        wire(" ", ""),
        wire("ASK presence", "", SUMS),
        wire("forget hedwig", "hedwig"),
        wire("reports", ""),
        wire("ask presence", ""),
        wire("ask presence", "", new long[255]),
        wire("ask presence", "", new long[100_000]));
  }

  @ParameterizedTest
  @MethodSource("strange")
  void anUnknownOrMalformedCommandIsUnreadableAndItsWordsAreNotRepeated(Command.Wire strange) {
    Command command = Command.of(strange);
    assertThat(command).isInstanceOf(Command.Unreadable.class);
    assertThat(command.toString()).contains("expected").doesNotContain("hedwig", "forget", "ASK");
    assertThatThrownBy(command::wire).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unreadableCommandsAreRefusedWithOneLogLineAndNothingElseIsLost() throws Exception {
    CommandDispatcher dispatcher =
        Objects.requireNonNull(
            NODE.node()
                .caches()
                .manager()
                .<String, CommandDispatcher>getCache(CommandDispatcher.CACHE)
                .get(CommandDispatcher.CACHE));
    String self = NODE.node().caches().members().self();
    List<String> heard = new CopyOnWriteArrayList<>();
    NODE.node().messenger().hear(ClusterMessenger.FRIENDS, heard::add);
    try (LoggedTroubles log = new LoggedTroubles()) {
      for (Command.Wire strange : strange().toList()) {
        assertThat(dispatcher.send(self, Command.of(strange)).toCompletableFuture())
            .failsWithin(10, TimeUnit.SECONDS);
        assertThat(
                dispatcher.send(self, new Command.Message("friends", "ada")).toCompletableFuture())
            .succeedsWithin(10, TimeUnit.SECONDS);
      }
      assertThat(dispatcher.send(self, new Command.Message("hum", "ada")).toCompletableFuture())
          .failsWithin(10, TimeUnit.SECONDS);
      assertThat(log.all()).hasSize(1);
    }
    assertThat(heard).hasSize((int) strange().count());
    assertThat(NODE.node().messenger().reports().toCompletableFuture().join())
        .allMatch(report -> report.answered());
  }

  private static Marshaller marshaller() {
    return GlobalComponentRegistry.of(NODE.node().caches().manager())
        .getComponent(Marshaller.class, KnownComponentNames.INTERNAL_MARSHALLER);
  }

  /** Sends any words as a command. */
  private static final class AnyWords implements ProtobufTagMarshaller<Command.Wire> {
    @Override
    public Class<Command.Wire> getJavaClass() {
      return Command.Wire.class;
    }

    @Override
    public String getTypeName() {
      return "rollcall.Errand";
    }

    @Override
    public Command.Wire read(ReadContext context) {
      throw new UnsupportedOperationException("The test only writes");
    }

    @Override
    public void write(WriteContext context, Command.Wire wire) throws IOException {
      context.getWriter().writeString(1, wire.word());
      context.getWriter().writeString(2, wire.text());
      context.getWriter().writeBytes(ProtoFields.NUMBERS, ProtoFields.bytes(wire.numbers()));
    }
  }

  @Test
  void theBytesOfAnUnreadableCommandAreRead() throws Exception {
    SerializationContext context = ProtobufUtil.newSerializationContext();
    context.registerProtoFiles(
        FileDescriptorSource.fromString(
            "any.proto",
            "syntax = \"proto3\"; package rollcall;"
                + "message Errand { string word = 1; string about = 2; bytes numbers = 9; }"));
    context.registerMarshaller(new AnyWords());
    for (Command.Wire strange : strange().toList()) {
      byte[] bytes = ProtobufUtil.toWrappedByteArray(context, strange);
      assertThat(marshaller().objectFromByteBuffer(bytes))
          .isEqualTo(new CommandEnvelope(Command.of(strange)));
    }
  }

  @Test
  void aCommandIsReadFromItsBytes() throws Exception {
    Marshaller marshaller = marshaller();
    for (Map.Entry<Command, Command.Wire> command : commands().toList()) {
      byte[] bytes = marshaller.objectToByteBuffer(new CommandEnvelope(command.getKey()));
      assertThat(marshaller.objectFromByteBuffer(bytes))
          .usingRecursiveComparison()
          .isEqualTo(new CommandEnvelope(command.getKey()));
    }
  }
}
