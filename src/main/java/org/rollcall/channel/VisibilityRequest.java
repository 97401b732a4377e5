package org.rollcall.channel;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Json;
import org.rollcall.social.rules.VisibilityRules;

/**
 * The request of an event {@code visibility}: {@code {"to":"nobody"}} or {@code {"to":"friends"}},
 * the former also with a time, {@code "for":"PT2H"}.
 *
 * @param hiddenUntil when being visible to nobody ends, in Unix seconds or {@link
 *     VisibilityRules#FOREVER}; empty to be visible to friends
 */
record VisibilityRequest(Optional<Long> hiddenUntil) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final String NOBODY = "nobody";
  private static final String FRIENDS = "friends";

  /** Thrown for a request that cannot be understood; its sentence is for the client. */
  static final class InvalidRequest extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidRequest(String sentence) {
      super(sentence, null, false, false);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /** Reads a payload, at a time to which its own is added. */
  static VisibilityRequest of(@Nullable JsonObject payload, Instant now) throws InvalidRequest {
    @Nullable JsonValue to = payload == null ? null : payload.get("to");
    if (payload == null || !(to instanceof JsonString whom)) {
      throw new InvalidRequest("to: expected \"nobody\" or \"friends\", but got " + to);
    }
    JsonValue time = payload.getOrDefault("for", JsonValue.NULL);
    switch (whom.getString()) {
      case NOBODY -> {
        return new VisibilityRequest(Optional.of(until(time, now)));
      }
      case FRIENDS -> {
        if (time != JsonValue.NULL) {
          throw new InvalidRequest("for: expected nothing with \"friends\", but got " + time);
        }
        return new VisibilityRequest(Optional.empty());
      }
      default -> throw new InvalidRequest("to: expected \"nobody\" or \"friends\", but got " + to);
    }
  }

  private static long until(JsonValue time, Instant now) throws InvalidRequest {
    if (time == JsonValue.NULL) {
      return VisibilityRules.FOREVER;
    }
    try {
      if (time instanceof JsonString text) {
        Duration duration = Duration.parse(text.getString());
        if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
          return lastSecond(now.plus(duration));
        }
      }
    } catch (DateTimeParseException e) {
      // falls through to the sentence
    }
    throw new InvalidRequest(
        "for: expected an ISO 8601 duration from PT1S to P365D, such as \"PT2H\", but got " + time);
  }

  /**
   * Rules end at a whole second: a time within a second is rounded up, so that nobody is seen too
   * early.
   */
  private static long lastSecond(Instant end) {
    return end.getNano() == 0 ? end.getEpochSecond() : end.getEpochSecond() + 1;
  }

  /** Returns the answer once it holds. */
  String answer() {
    if (hiddenUntil.isEmpty()) {
      return "{\"to\":\"friends\"}";
    }
    long until = hiddenUntil.get();
    return until == VisibilityRules.FOREVER
        ? "{\"to\":\"nobody\"}"
        : "{\"to\":\"nobody\",\"until\":" + Json.quote("" + Instant.ofEpochSecond(until)) + "}";
  }
}
