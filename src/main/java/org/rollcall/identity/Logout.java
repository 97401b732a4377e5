package org.rollcall.identity;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The end of one log-in, or of all that a user has.
 *
 * <p>One that names a session ends that session and, if it names the user too, what the user has of
 * log-ins without a name that began before: any of them may be this one. One that names no session
 * ends all of the user's log-ins that began before.
 *
 * @param session the issuer's name for the log-in; empty for all of the user's
 * @param user the user's id; empty if only the session is known
 * @param at when it ended
 * @param id its own name, by which it is known again
 */
public record Logout(Optional<String> session, Optional<String> user, Instant at, String id) {
  /**
   * Returns the end of the log-in that a user is here by; of all if it has no name.
   *
   * @param now the moment; by the issuer's clock, the log-in may have begun a little later
   */
  public static Logout of(User user, Instant now) {
    Instant began = user.login().orElse(now);
    return new Logout(
        user.session(),
        Optional.of(user.id()),
        began.isAfter(now) ? began : now,
        UUID.randomUUID().toString());
  }

  /** Tells whether what a user is here by has ended. */
  public boolean ends(User other) {
    if (other.login().isEmpty()) {
      return false;
    }
    if (session.isPresent() && other.session().isPresent()) {
      return session.equals(other.session());
    }
    return user.filter(other.id()::equals).isPresent() && !other.login().get().isAfter(at);
  }

  /** Returns this as nodes tell it to each other. */
  public String text() {
    return at.toEpochMilli()
        + " "
        + encode(id)
        + " "
        + encode(session.orElse(""))
        + " "
        + encode(user.orElse(""));
  }

  /** Reads what {@link #text} has written. */
  public static Logout parse(String text) {
    String[] parts = text.split(" ", -1);
    return new Logout(
        Optional.of(decode(parts[2])).filter(name -> !name.isEmpty()),
        Optional.of(decode(parts[3])).filter(name -> !name.isEmpty()),
        Instant.ofEpochMilli(Long.parseLong(parts[0])),
        decode(parts[1]));
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
    return session.isPresent() ? "Logout of a session" : "Logout of a user";
  }
}
