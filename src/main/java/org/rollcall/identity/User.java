package org.rollcall.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A user whose token was accepted.
 *
 * @param id the user's id in the social network, see {@link UserId}
 * @param name the name that others see, if the token has one
 * @param groups the groups that the token names
 * @param friends the users whom this one may see, if the token lists them
 * @param grant the log-in that the user connected with
 */
public record User(
    String id,
    Optional<String> name,
    Set<String> groups,
    Optional<Set<String>> friends,
    Grant grant)
    implements Principal {
  /** The group of administrators. */
  public static final String ADMIN = "rollcall-admin";

  /**
   * The mark for friends that another token names, which comes with the join. It is no user's id.
   */
  public static final Set<String> NAMED_AT_THE_JOIN = Set.of("\u0000");

  /**
   * The log-in that a user connected with, and how long it is valid.
   *
   * @param session the issuer's name for the log-in (claim {@code sid}), if it has one
   * @param subject the issuer's name for the user (claim {@code sub}), which need not be the user's
   *     id; empty if it is not the issuer's token
   * @param login when the log-in, or the issuer's token for it, began; the epoch if that is not
   *     known; empty if there was no log-in, so that no log-out can end it
   * @param authenticated when the user last gave proof of itself to the issuer (claim {@code
   *     auth_time}), if it is known
   * @param until when the token ends
   */
  public record Grant(
      Optional<String> session,
      Optional<String> subject,
      Optional<Instant> login,
      Optional<Instant> authenticated,
      Instant until) {
    /** Creates one of which it is not known when the user gave proof of itself. */
    public Grant(
        Optional<String> session,
        Optional<String> subject,
        Optional<Instant> login,
        Instant until) {
      this(session, subject, login, Optional.empty(), until);
    }

    /** Returns one that is of no log-in. */
    public static Grant until(Instant until) {
      return new Grant(Optional.empty(), Optional.empty(), Optional.empty(), until);
    }

    /**
     * Returns when the session began that the grant names, as far as is known: with the proof, or
     * else with the token, which may be later.
     */
    public Instant sessionBegan() {
      Instant issued = login.orElse(Instant.EPOCH);
      return authenticated.filter(issued::isAfter).orElse(issued);
    }
  }

  /** Returns the issuer's name for the user's log-in, if it has one. */
  public Optional<String> session() {
    return grant.session();
  }

  /** Returns the issuer's name for the user, if it is known. */
  public Optional<String> subject() {
    return grant.subject();
  }

  /** Returns when the user's log-in began; empty if there was none. */
  public Optional<Instant> login() {
    return grant.login();
  }

  /** Returns when the token ends. */
  public Instant until() {
    return grant.until();
  }

  /** Returns the same user, whose friends are {@linkplain #NAMED_AT_THE_JOIN named at the join}. */
  public User withoutFriends() {
    return new User(id, name, groups, Optional.of(NAMED_AT_THE_JOIN), grant);
  }

  /** Returns only the part of the user that distinguishes log-ins, if the log-in has a name. */
  public Optional<Principal> namedLogin() {
    return session()
        .map(named -> new User(id, Optional.empty(), Set.of(), Optional.empty(), grant));
  }

  /** Returns whether this user may use the administrator's API. */
  public boolean isAdmin() {
    return groups.contains(ADMIN);
  }

  @Override
  public String getName() {
    return id;
  }

  /** Names nobody: users are logged by mistake sooner or later. */
  @Override
  public String toString() {
    return "User";
  }
}
