package org.rollcall.protocol;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * {@code {"topic":...,"event":...,"payload":...,"ref":...}}, with {@code join_ref} from clients
 * that know it. Clients of this version cannot tell two joins of a topic apart.
 */
final class V1Serializer implements Serializer {
  @Override
  public Message decode(String text) throws MalformedFrame {
    if (!(Json.parse(text) instanceof JsonObject frame)) {
      throw new MalformedFrame("expected a JSON object with topic, event, payload and ref");
    }
    return new Message(
        Refs.of(frame.get("join_ref"), "join_ref"),
        Refs.of(frame.get("ref"), "ref"),
        Json.string(frame.get("topic"), "topic"),
        Json.string(frame.get("event"), "event"),
        frame.getOrDefault("payload", JsonValue.NULL));
  }

  @Override
  public Message decode(byte[] bytes) throws MalformedFrame {
    throw new MalformedFrame(
        "expected text, but got a binary message, which version 1 does not have");
  }

  @Override
  public String encode(Frame.Outgoing frame) {
    if (frame instanceof Reply reply) {
      return object(reply.topic(), Events.REPLY, reply.payload(), reply.ref());
    }
    if (frame instanceof Push push) {
      return object(push.topic(), push.event(), push.payload(), push.ref());
    }
    Broadcast broadcast = (Broadcast) frame;
    return object(broadcast.topic(), broadcast.event(), broadcast.payload(), Frame.NO_REF);
  }

  private static String object(String topic, String event, String payload, String ref) {
    return "{\"topic\":"
        + Json.quote(topic)
        + ",\"event\":"
        + Json.quote(event)
        + ",\"payload\":"
        + payload
        + ",\"ref\":"
        + ref
        + "}";
  }
}
