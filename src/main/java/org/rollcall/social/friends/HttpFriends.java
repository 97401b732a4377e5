package org.rollcall.social.friends;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.rollcall.FriendsUnavailable;
import org.rollcall.config.FriendSettings;
import org.rollcall.http.HttpFetcher;

/**
 * The social network's own API: {@code GET} of an address with the user's id answers 200 with a
 * JSON array of ids, strings or numbers. Redirects are not followed.
 *
 * <p>The answer as a whole has one time-out and a size limit; past either, or with any other
 * status, the friends are unavailable.
 */
final class HttpFriends implements FriendDirectory {
  /** The most bytes that an id takes in the answer: 128 characters, quotes, comma, white space. */
  private static final int BYTES_PER_FRIEND = 140;

  private static final int LEAST_BYTES = 65_536;

  private final FriendSettings settings;
  private final Map<String, String> headers = new HashMap<>();
  private final HttpFetcher.Limits limits;
  private final HttpFetcher fetcher = new HttpFetcher();

  HttpFriends(FriendSettings settings) {
    this.settings = settings;
    this.limits =
        new HttpFetcher.Limits(
            settings.limits().timeout(),
            Math.max(LEAST_BYTES, (long) settings.limits().friends() * BYTES_PER_FRIEND));
    headers.put("Accept", "application/json");
    settings.authorization().ifPresent(value -> headers.put("Authorization", value.text()));
  }

  @Override
  public Set<String> friends(String userId) throws FriendsUnavailable {
    try {
      return parse(fetcher.get(address(userId), headers, limits));
    } catch (IOException | IllegalArgumentException e) {
      throw new FriendsUnavailable("The friends API failed: " + e, e);
    }
  }

  private URI address(String userId) {
    return URI.create(settings.question().replace("{id}", segment(userId)));
  }

  /**
   * Returns an id as one segment of a path. Characters with a meaning in an address are escaped,
   * also a slash. Dots are escaped if the id consists of dots only, because the segment would mean
   * the folder above.
   */
  private static String segment(String userId) {
    String escaped = URLEncoder.encode(userId, StandardCharsets.UTF_8).replace("+", "%20");
    return escaped.matches("\\.+") ? escaped.replace(".", "%2E") : escaped;
  }

  private Set<String> parse(byte[] body) throws FriendsUnavailable {
    Set<String> friends = new HashSet<>();
    for (JsonValue value : array(body)) {
      friends.add(id(value));
    }
    if (friends.size() > settings.limits().friends()) {
      throw new FriendLimit(settings.limits().friends()).exceeded();
    }
    return friends;
  }

  private static JsonArray array(byte[] body) throws FriendsUnavailable {
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(body))) {
      if (parser.next() != JsonParser.Event.START_ARRAY) {
        throw new FriendsUnavailable("The friends API: expected a JSON array of ids", null);
      }
      JsonArray array = parser.getArray();
      if (parser.hasNext()) {
        throw new FriendsUnavailable("The friends API: expected one JSON array only", null);
      }
      return array;
    } catch (JsonException | NoSuchElementException e) {
      throw new FriendsUnavailable("The friends API: expected JSON", null);
    } catch (RuntimeException e) {
      // Parsson 1.1 reports numbers and nesting past its limits as bare runtime exceptions.
      throw new FriendsUnavailable(
          "The friends API: expected JSON within the parser's limits", null);
    }
  }

  private static String id(JsonValue value) throws FriendsUnavailable {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    if (value instanceof JsonNumber number && isWhole(number)) {
      return number.toString();
    }
    throw new FriendsUnavailable(
        "The friends API: expected ids to be strings or numbers, but got a " + value.getValueType(),
        null);
  }

  /** As text: numbers of thousands of digits are refused by the parser only when calculated. */
  private static boolean isWhole(JsonNumber number) {
    return number.toString().matches("-?[0-9]+");
  }
}
