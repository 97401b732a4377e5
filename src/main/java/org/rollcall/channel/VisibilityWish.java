package org.rollcall.channel;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.rollcall.protocol.Json;
import org.rollcall.protocol.Message;
import org.rollcall.protocol.Reason;
import org.rollcall.social.Rule;
import org.rollcall.social.Rules;
import org.rollcall.social.RulesUnavailable;

/**
 * The event {@code visibility}: {@code {"to":"nobody"}} or {@code {"to":"friends"}}, the former
 * also with a time, {@code "for":"PT2H"}. It holds for all of the user's connections, also later
 * ones.
 *
 * <p>Called by one worker at a time; waits for the other nodes.
 */
final class VisibilityWish {
  private static final Logger LOG = System.getLogger(VisibilityWish.class.getName());
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final String NOBODY = "nobody";
  private static final String FRIENDS = "friends";

  private final String user;
  private final ChannelRouter.Presences presences;

  VisibilityWish(String user, ChannelRouter.Presences presences) {
    this.user = user;
    this.presences = presences;
  }

  /** Thrown for a wish that cannot be understood; its message is for the client. */
  private static final class InvalidWish extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidWish(String sentence) {
      super(sentence, null, false, false);
    }
  }

  /** Carries the event out and answers it with what holds from now on. */
  void receive(Slot slot, Message message) {
    try {
      slot.reply(message.ok(carryOut(message.object())));
    } catch (InvalidWish e) {
      slot.reply(message.error(Reason.INVALID_PAYLOAD.payload(String.valueOf(e.getMessage()))));
    } catch (RulesUnavailable e) {
      LOG.log(Level.WARNING, "A user''s visibility could not be kept: {0}", e.getMessage());
      slot.reply(message.error(Reason.VISIBILITY_UNAVAILABLE.payload()));
    }
  }

  private String carryOut(@Nullable JsonObject payload) throws InvalidWish, RulesUnavailable {
    @Nullable JsonValue to = payload == null ? null : payload.get("to");
    Rules rules = presences.visibility().rules();
    if (payload == null || !(to instanceof JsonString whom)) {
      throw new InvalidWish("to: expected \"nobody\" or \"friends\", but got " + to);
    }
    JsonValue time = payload.getOrDefault("for", JsonValue.NULL);
    switch (whom.getString()) {
      case NOBODY -> {
        long until = until(time);
        rules.make(Rule.hidden(user), until);
        return until == Rules.FOREVER
            ? "{\"to\":\"nobody\"}"
            : "{\"to\":\"nobody\",\"until\":" + Json.quote("" + Instant.ofEpochSecond(until)) + "}";
      }
      case FRIENDS -> {
        if (time != JsonValue.NULL) {
          throw new InvalidWish("for: expected nothing with \"friends\", but got " + time);
        }
        rules.lift(Rule.hidden(user));
        return "{\"to\":\"friends\"}";
      }
      default -> throw new InvalidWish("to: expected \"nobody\" or \"friends\", but got " + to);
    }
  }

  private long until(JsonValue time) throws InvalidWish {
    if (time == JsonValue.NULL) {
      return Rules.FOREVER;
    }
    try {
      if (time instanceof JsonString text) {
        Duration duration = Duration.parse(text.getString());
        if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
          return presences.clock().instant().plus(duration).getEpochSecond();
        }
      }
    } catch (DateTimeParseException e) {
      // falls through to the sentence
    }
    throw new InvalidWish(
        "for: expected an ISO 8601 duration from PT1S to P365D, such as \"PT2H\", but got " + time);
  }
}
