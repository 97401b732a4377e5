package org.rollcall.identity;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The end of one log-in, or of all that a user has.
 *
 * @param kind what ends
 * @param name the issuer's name for the log-in, or the user's id
 * @param at when it ended
 * @param id its own name, by which it is known again
 */
public record Logout(Kind kind, String name, Instant at, String id) {
  /** What can end. */
  public enum Kind {
    /** One log-in. */
    SESSION,
    /** All log-ins of a user that began before. */
    USER
  }

  /** Returns the end, now, of the log-in that a user is here by; of all if it has no name. */
  public static Logout of(User user) {
    String id = UUID.randomUUID().toString();
    return user.session()
        .map(session -> new Logout(Kind.SESSION, session, Instant.now(), id))
        .orElseGet(() -> new Logout(Kind.USER, user.id(), Instant.now(), id));
  }

  /** Tells whether what a user is here by has ended. */
  public boolean ends(User user) {
    return switch (kind) {
      case SESSION -> user.session().filter(name::equals).isPresent();
      case USER -> user.id().equals(name) && !user.issued().isAfter(at);
    };
  }

  /** Returns this as nodes tell it to each other. */
  public String text() {
    return kind + " " + at.toEpochMilli() + " " + encode(id) + " " + encode(name);
  }

  /** Reads what {@link #text} has written. */
  public static Logout parse(String text) {
    String[] parts = text.split(" ", 4);
    return new Logout(
        Kind.valueOf(parts[0]),
        decode(parts[3]),
        Instant.ofEpochMilli(Long.parseLong(parts[1])),
        decode(parts[2]));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "Logout of a " + kind;
  }
}
