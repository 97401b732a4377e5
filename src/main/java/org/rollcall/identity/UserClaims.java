package org.rollcall.identity;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;
import org.rollcall.config.OidcSettings;

/**
 * Reads the user from the claims of a token.
 *
 * @param names where they say it
 * @param subject the claim that is the issuer's name for the user, if there is one
 * @param login when the log-in began that a token is of; no moment if it is of none
 * @param authenticated when the user gave proof of itself at that log-in
 */
public record UserClaims(
    OidcSettings.Claims names, Optional<String> subject, Moment login, Moment authenticated) {
  /** The claim of a connect token that says when the log-in began, in milliseconds. */
  public static final String LOGIN = "login";

  /** The claim of a connect token that is its log-in's {@code auth_time}, in milliseconds. */
  public static final String AUTHENTICATED = "authenticated";

  /** The claim of a connect token that is the issuer's name for the user. */
  public static final String SUBJECT = "subject";

  private static final OidcSettings.Claims USUAL = new OidcSettings.Claims("sub", "name", "groups");

  /**
   * The claims of the social network's own back end. They are of a log-in if they name the issuer's
   * session.
   */
  public static final UserClaims BACK_END =
      new UserClaims(
          USUAL,
          Optional.empty(),
          claims -> claims.hasClaim("sid") ? issued(claims) : Optional.empty(),
          UserClaims::authTime);

  /** The claims of connect tokens: they are of the log-in of the user who got the token. */
  public static final UserClaims CONNECT =
      new UserClaims(
          USUAL,
          Optional.of(SUBJECT),
          claims -> millis(claims, LOGIN),
          claims -> millis(claims, AUTHENTICATED));

  private static final int LONGEST_NAME = 200;

  /** Reads a moment from claims; empty if they name none. */
  interface Moment {
    Optional<Instant> of(JwtClaims claims) throws MalformedClaimException;
  }

  /** Returns the claims of an issuer, all of whose tokens are of a log-in. */
  public static UserClaims of(OidcSettings settings) {
    return new UserClaims(
        settings.claims(), Optional.of("sub"), UserClaims::issued, UserClaims::authTime);
  }

  /** Returns the user, or empty if the id may not be one. */
  public Optional<User> user(JwtClaims claims) throws MalformedClaimException {
    Optional<String> id = id(claims);
    return id.isPresent() ? Optional.of(user(id.get(), claims)) : Optional.empty();
  }

  /** Returns the user's id, or empty if it may not be one. */
  public Optional<String> id(JwtClaims claims) {
    return givenId(claims).filter(UserId::isValid);
  }

  /** Returns the text or the digits of the claim of the user's id, which may be none. */
  public Optional<String> givenId(JwtClaims claims) {
    return text(find(claims, names.user()));
  }

  private User user(String id, JwtClaims claims) throws MalformedClaimException {
    @Nullable Object friends = find(claims, "friends");
    return new User(
        id,
        name(claims),
        groups(claims),
        friends == null ? Optional.empty() : Optional.of(strings("friends", friends)),
        grant(claims));
  }

  /** Reads the groups. Some issuers write a single group without an array. */
  private Set<String> groups(JwtClaims claims) throws MalformedClaimException {
    @Nullable Object groups = find(claims, names.groups());
    if (groups instanceof String only) {
      return Set.of(only);
    }
    return groups == null ? Set.of() : strings(names.groups(), groups);
  }

  private Optional<String> name(JwtClaims claims) {
    return find(claims, names.name()) instanceof String name
            && !name.isBlank()
            && name.length() <= LONGEST_NAME
        ? Optional.of(name)
        : Optional.empty();
  }

  private User.Grant grant(JwtClaims claims) throws MalformedClaimException {
    @Nullable NumericDate end = claims.getExpirationTime();
    if (end == null) {
      throw new MalformedClaimException("exp: expected a time");
    }
    return new User.Grant(
        session(claims),
        subject(claims),
        login.of(claims),
        authenticated.of(claims),
        Instant.ofEpochSecond(end.getValue()));
  }

  /** Returns the issuer's name for the user, if it is there. */
  public Optional<String> subject(JwtClaims claims) throws MalformedClaimException {
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> number = digits(claims.getClaimValue(subject.get()));
    return number.isPresent() ? number : whole(claims, subject.get());
  }

  /** Returns the issuer's name for the log-in, if it has one. */
  public static Optional<String> session(JwtClaims claims) throws MalformedClaimException {
    return whole(claims, "sid");
  }

  private static Optional<String> whole(JwtClaims claims, String name)
      throws MalformedClaimException {
    Optional<String> text = Optional.ofNullable(claims.getStringClaimValue(name));
    if (text.isPresent() && !TextRules.isWhole(text.get())) {
      // Other nodes would know a log-out by another name.
      throw new MalformedClaimException(name + ": expected a text without lone surrogates");
    }
    return text;
  }

  /** Returns a claim that is a text, or an integer as its digits; empty for all else. */
  private static Optional<String> text(@Nullable Object claim) {
    return claim instanceof String text ? Optional.of(text) : digits(claim);
  }

  /** Returns the digits of an integer of any size; empty for all else, fractions among it. */
  public static Optional<String> digits(@Nullable Object claim) {
    return claim instanceof Long || claim instanceof BigInteger
        ? Optional.of(claim.toString())
        : Optional.empty();
  }

  private static Optional<Instant> millis(JwtClaims claims, String name)
      throws MalformedClaimException {
    return Optional.ofNullable(claims.getClaimValue(name, Long.class)).map(Instant::ofEpochMilli);
  }

  private static Optional<Instant> authTime(JwtClaims claims) throws MalformedClaimException {
    return Optional.ofNullable(claims.getNumericDateClaimValue("auth_time"))
        .map(time -> Instant.ofEpochSecond(time.getValue()));
  }

  private static Optional<Instant> issued(JwtClaims claims) throws MalformedClaimException {
    @Nullable NumericDate issued = claims.getIssuedAt();
    return Optional.of(issued == null ? Instant.EPOCH : Instant.ofEpochSecond(issued.getValue()));
  }

  /** Reads an array of strings. Integers are read as their digits. */
  private static Set<String> strings(String name, Object claim) throws MalformedClaimException {
    if (!(claim instanceof List<?> values)) {
      throw new MalformedClaimException(name + ": expected an array of strings");
    }
    Set<String> strings = new HashSet<>();
    for (Object value : values) {
      strings.add(
          text(value)
              .orElseThrow(
                  () -> new MalformedClaimException(name + ": expected an array of strings")));
    }
    return Set.copyOf(strings);
  }

  private static @Nullable Object find(JwtClaims claims, String path) {
    return find(claims.getClaimsMap(), path);
  }

  /** Finds a claim: the one with this whole name, else the one that the dots lead to. */
  private static @Nullable Object find(Map<?, ?> claims, String path) {
    @Nullable Object whole = claims.get(path);
    int dot = path.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        ? find(inner, path.substring(dot + 1))
        : null;
  }
}
