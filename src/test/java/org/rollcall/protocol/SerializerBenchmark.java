package org.rollcall.protocol;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures how a client's message is read and its reply is written, in version 2. */
@State(Scope.Benchmark)
public class SerializerBenchmark {
  private String heartbeat = "[null,\"17\",\"phoenix\",\"heartbeat\",{}]";
  private String join =
      "[\"4\",\"4\",\"room:lobby\",\"phx_join\",{\"meta\":{\"status\":\"away\",\"device\":\"phone\"}}]";
  private Reply reply = new Reply("\"4\"", "\"4\"", "room:lobby", Reply.OK, "{}");

  /** Reads a heartbeat, the message that clients send most. */
  @Benchmark
  public Message readHeartbeat() throws MalformedFrame {
    return Serializer.V2.decode(heartbeat);
  }

  /** Reads a join with a payload. */
  @Benchmark
  public Message readJoin() throws MalformedFrame {
    return Serializer.V2.decode(join);
  }

  /** Writes the reply to a join. */
  @Benchmark
  public String writeReply() {
    return Serializer.V2.encode(reply);
  }
}
