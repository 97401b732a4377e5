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
 */
record UserClaims(OidcSettings.Claims names) {
  /** The claims of Rollcall's own tokens. */
  static final UserClaims OWN = new UserClaims(new OidcSettings.Claims("sub", "name", "groups"));

  private static final int LONGEST_NAME = 200;

  /** Returns the user, or empty if the id may not be one. */
  Optional<User> user(JwtClaims claims) throws MalformedClaimException {
    if (!(find(claims, names.user()) instanceof String id) || !UserId.isValid(id)) {
      return Optional.empty();
    }
    return Optional.of(user(id, claims));
  }

  /** Returns the user whose id is known already. */
  User user(String id, JwtClaims claims) throws MalformedClaimException {
    @Nullable Object groups = find(claims, names.groups());
    @Nullable Object friends = find(claims, "friends");
    return new User(
        id,
        name(claims),
        groups == null ? Set.of() : strings(names.groups(), groups),
        friends == null ? Optional.empty() : Optional.of(strings("friends", friends)),
        grant(claims));
  }

  private Optional<String> name(JwtClaims claims) {
    return find(claims, names.name()) instanceof String name
            && !name.isBlank()
            && name.length() <= LONGEST_NAME
        ? Optional.of(name)
        : Optional.empty();
  }

  private static User.Grant grant(JwtClaims claims) throws MalformedClaimException {
    @Nullable NumericDate issued = claims.getIssuedAt();
    return new User.Grant(
        Optional.ofNullable(claims.getStringClaimValue("sid")),
        issued == null ? Instant.EPOCH : Instant.ofEpochSecond(issued.getValue()),
        Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
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
