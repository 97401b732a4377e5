package org.rollcall.protocol;

import jakarta.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** {@code [join_ref, ref, topic, event, payload]}; extra elements are tolerated. */
final class V2Serializer implements Serializer {
  private static final int PARTS = 5;
  private static final byte BINARY_PUSH = 0;
  private static final int BINARY_HEAD = 5;

  @Override
  public Message decode(String text) throws MalformedFrame {
    if (!(Json.parse(text) instanceof JsonArray frame) || frame.size() < PARTS) {
      throw new MalformedFrame("expected a JSON array [join_ref, ref, topic, event, payload]");
    }
    return new Message(
        Refs.of(frame.get(0), "join_ref"),
        Refs.of(frame.get(1), "ref"),
        Json.string(frame.get(2), "topic"),
        Json.string(frame.get(3), "event"),
        frame.get(4));
  }

  /**
   * Reads {@code 00 | joinRefLen | refLen | topicLen | eventLen | joinRef | ref | topic | event |
   * data}. The data is left aside: presence is text only.
   */
  @Override
  public Message decode(byte[] bytes) throws MalformedFrame {
    if (bytes.length < BINARY_HEAD || bytes[0] != BINARY_PUSH) {
      throw new MalformedFrame("expected a binary push, which begins with a zero and four lengths");
    }
    ByteBuffer body = ByteBuffer.wrap(bytes, BINARY_HEAD, bytes.length - BINARY_HEAD);
    String joinRef = part(body, bytes[1]);
    String ref = part(body, bytes[2]);
    String topic = part(body, bytes[3]);
    String event = part(body, bytes[4]);
    return new Message(
        Refs.ofText(joinRef, "join_ref"), Refs.ofText(ref, "ref"), topic, event, null);
  }

  private static String part(ByteBuffer body, byte length) throws MalformedFrame {
    int bytes = Byte.toUnsignedInt(length);
    if (body.remaining() < bytes) {
      throw new MalformedFrame(
          "expected " + bytes + " more bytes in a binary push, but got " + body.remaining());
    }
    ByteBuffer slice = body.slice(body.position(), bytes);
    body.position(body.position() + bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFrame("expected UTF-8 in the head of a binary push");
    }
  }

  @Override
  public String encode(Frame.Outgoing frame) {
    if (frame instanceof Reply reply) {
      return array(reply.joinRef(), reply.ref(), reply.topic(), Events.REPLY, reply.payload());
    }
    if (frame instanceof Push push) {
      return array(push.joinRef(), push.ref(), push.topic(), push.event(), push.payload());
    }
    Broadcast broadcast = (Broadcast) frame;
    return array(
        Frame.NO_REF, Frame.NO_REF, broadcast.topic(), broadcast.event(), broadcast.payload());
  }

  private static String array(
      String joinRef, String ref, String topic, String event, String payload) {
    return "["
        + joinRef
        + ","
        + ref
        + ","
        + Json.quote(topic)
        + ","
        + Json.quote(event)
        + ","
        + payload
        + "]";
  }
}
