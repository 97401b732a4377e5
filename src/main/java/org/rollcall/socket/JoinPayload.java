package org.rollcall.socket;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.rollcall.protocol.Message;

/** The payload of a join. An absent payload is an empty one; unknown members are ignored. */
public final class JoinPayload {
  private final JsonObject members;

  private JoinPayload(JsonObject members) {
    this.members = members;
  }

  /** Thrown for a payload that cannot be understood; its message is for the client. */
  public static final class InvalidPayload extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPayload(String sentence) {
      super(sentence, null, false, false);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  public static JoinPayload of(Message request) throws InvalidPayload {
    if (request.payload() == JsonValue.NULL) {
      return new JoinPayload(JsonValue.EMPTY_JSON_OBJECT);
    }
    JsonObject object = request.object();
    if (object == null) {
      throw new InvalidPayload("expected a JSON object");
    }
    return new JoinPayload(object);
  }

  /** Returns the user's own meta, or JSON null. */
  public JsonValue meta() {
    return members.getOrDefault("meta", JsonValue.NULL);
  }

  /** Returns whether friends' diffs come on the channel itself. */
  public boolean diffsOnChannel() throws InvalidPayload {
    JsonValue diffs = members.getOrDefault("diffs", JsonValue.NULL);
    if (diffs == JsonValue.NULL) {
      return false;
    }
    if (diffs instanceof JsonString string && string.getString().equals("channel")) {
      return true;
    }
    throw new InvalidPayload("diffs: expected \"channel\" or nothing, but got " + diffs);
  }

  /** Returns the token that names the user's friends, if there is one. */
  public Optional<String> token() throws InvalidPayload {
    JsonValue token = members.getOrDefault("token", JsonValue.NULL);
    if (token == JsonValue.NULL) {
      return Optional.empty();
    }
    if (token instanceof JsonString string) {
      return Optional.of(string.getString());
    }
    throw new InvalidPayload("token: expected a string or nothing");
  }

  /** Returns whether the client is counted. */
  public boolean track() throws InvalidPayload {
    JsonValue track = members.getOrDefault("track", JsonValue.TRUE);
    if (track == JsonValue.TRUE || track == JsonValue.FALSE) {
      return track == JsonValue.TRUE;
    }
    throw new InvalidPayload("track: expected true or false, but got " + track);
  }
}
