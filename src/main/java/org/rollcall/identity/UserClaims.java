package org.rollcall.identity;

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
 * What the claims of a token say of its user.
 *
 * @param names where they say it
 * @param subject the claim that is the issuer's name for the user, if there is one
 * @param login what they say of a log-in
 */
record UserClaims(OidcSettings.Claims names, Optional<String> subject, LogIn login) {
  /** The claim of a connect token that says when the log-in began, in milliseconds. */
  static final String LOGIN = "login";

  /** The claim of a connect token that is the issuer's name for the user. */
  static final String SUBJECT = "subject";

  private static final OidcSettings.Claims USUAL = new OidcSettings.Claims("sub", "name", "groups");

  /** Of the social network's own back end: a log-in if it names the issuer's session. */
  static final UserClaims BACK_END =
      new UserClaims(
          USUAL,
          Optional.empty(),
          claims -> claims.hasClaim("sid") ? issued(claims) : Optional.empty());

  /** Of connect tokens: the log-in of whoever got one. */
  static final UserClaims CONNECT =
      new UserClaims(
          USUAL,
          Optional.of(SUBJECT),
          claims ->
              Optional.ofNullable(claims.getClaimValue(LOGIN, Long.class))
                  .map(Instant::ofEpochMilli));

  private static final int LONGEST_NAME = 200;

  /** Tells when the log-in began that a token is of, or that it is of none. */
  interface LogIn {
    Optional<Instant> began(JwtClaims claims) throws MalformedClaimException;
  }

  /** Returns the claims of an issuer, all of whose tokens are of a log-in. */
  static UserClaims of(OidcSettings settings) {
    return new UserClaims(settings.claims(), Optional.of("sub"), UserClaims::issued);
  }

  /** Returns the user, or empty if the id may not be one. */
  Optional<User> user(JwtClaims claims) throws MalformedClaimException {
    Optional<String> id = id(claims);
    return id.isPresent() ? Optional.of(user(id.get(), claims)) : Optional.empty();
  }

  /** Returns the user's id, or empty if it may not be one. */
  Optional<String> id(JwtClaims claims) {
    return find(claims, names.user()) instanceof String id && UserId.isValid(id)
        ? Optional.of(id)
        : Optional.empty();
  }

  /** Returns the user whose id is known already. */
  User user(String id, JwtClaims claims) throws MalformedClaimException {
    @Nullable Object friends = find(claims, "friends");
    return new User(
        id,
        name(claims),
        groups(claims),
        friends == null ? Optional.empty() : Optional.of(strings("friends", friends)),
        grant(claims));
  }

  /** Reads the groups; some issuers give the only one without an array. */
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
        login.began(claims),
        Instant.ofEpochSecond(end.getValue()));
  }

  /** Returns the issuer's name for the user, if it is there. */
  Optional<String> subject(JwtClaims claims) throws MalformedClaimException {
    return subject.isPresent() ? whole(claims, subject.get()) : Optional.empty();
  }

  /** Returns the issuer's name for the log-in, if it has one. */
  static Optional<String> session(JwtClaims claims) throws MalformedClaimException {
    return whole(claims, "sid");
  }

  private static Optional<String> whole(JwtClaims claims, String name)
      throws MalformedClaimException {
    Optional<String> text = Optional.ofNullable(claims.getStringClaimValue(name));
    if (text.isPresent() && !PlainText.isWhole(text.get())) {
      // Other nodes would know a log-out by another name.
      throw new MalformedClaimException(name + ": expected a text without lone surrogates");
    }
    return text;
  }

  private static Optional<Instant> issued(JwtClaims claims) throws MalformedClaimException {
    @Nullable NumericDate issued = claims.getIssuedAt();
    return Optional.of(issued == null ? Instant.EPOCH : Instant.ofEpochSecond(issued.getValue()));
  }

  /** Reads an array of strings. Numbers pass: many a social network's ids are. */
  private static Set<String> strings(String name, Object claim) throws MalformedClaimException {
    if (!(claim instanceof List<?> values)) {
      throw new MalformedClaimException(name + ": expected an array of strings");
    }
    Set<String> strings = new HashSet<>();
    for (Object value : values) {
      if (!(value instanceof String) && !(value instanceof Long)) {
        throw new MalformedClaimException(name + ": expected an array of strings");
      }
      strings.add(value.toString());
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
