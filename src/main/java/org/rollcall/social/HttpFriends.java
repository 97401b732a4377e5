package org.rollcall.social;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.rollcall.config.FriendSettings;

/**
 * The social network's own API: {@code GET} of an address with the user's id answers 200 with a
 * JSON array of ids, strings or numbers. Redirects are not followed.
 *
 * <p>The answer as a whole has one time-out and a size limit; past either, or with any other
 * status, the friends are unavailable.
 */
final class HttpFriends implements FriendDirectory {
  /** What an id may take in the answer: 128 characters, quotes, comma, white space. */
  private static final int BYTES_PER_FRIEND = 140;

  private static final int LEAST_BYTES = 65_536;
  private static final int OK = 200;

  private final FriendSettings settings;

  HttpFriends(FriendSettings settings) {
    this.settings = settings;
  }

  @Override
  public Set<String> friends(String userId) throws FriendsUnavailable {
    String id = URLEncoder.encode(userId, StandardCharsets.UTF_8).replace("+", "%20");
    URI address = URI.create(settings.question().replace("{id}", id));
    try {
      return parse(get(address));
    } catch (IOException | JsonException e) {
      throw new FriendsUnavailable("The friends API failed: " + e, e);
    }
  }

  private byte[] get(URI address) throws IOException, FriendsUnavailable {
    Deadline deadline = new Deadline(settings.limits().timeout());
    // HttpURLConnection, not HttpClient: the latter leaves a thread behind when the WAR is
    // undeployed.
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
    try {
      connection.setConnectTimeout(deadline.millis());
      connection.setReadTimeout(deadline.millis());
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setRequestProperty("Accept", "application/json");
      settings
          .authorization()
          .ifPresent(value -> connection.setRequestProperty("Authorization", value.text()));
      int status = connection.getResponseCode();
      if (status != OK) {
        throw new FriendsUnavailable("The friends API: expected 200, but got " + status, null);
      }
      try (InputStream body = connection.getInputStream()) {
        return read(body, connection, deadline);
      }
    } finally {
      connection.disconnect();
    }
  }

  private byte[] read(InputStream body, HttpURLConnection connection, Deadline deadline)
      throws IOException, FriendsUnavailable {
    long most = Math.max(LEAST_BYTES, (long) settings.limits().friends() * BYTES_PER_FRIEND);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    while (true) {
      connection.setReadTimeout(deadline.millis());
      int n = body.read(part);
      if (n < 0) {
        return bytes.toByteArray();
      }
      bytes.write(part, 0, n);
      if (bytes.size() > most) {
        throw new FriendsUnavailable(
            "The friends API: expected at most " + most + " bytes, but got more", null);
      }
    }
  }

  private Set<String> parse(byte[] body) throws FriendsUnavailable {
    try (JsonParser parser = Json.createParser(new ByteArrayInputStream(body))) {
      if (parser.next() != JsonParser.Event.START_ARRAY) {
        throw new FriendsUnavailable("The friends API: expected a JSON array of ids", null);
      }
      JsonArray array = parser.getArray();
      if (parser.hasNext()) {
        throw new FriendsUnavailable("The friends API: expected one JSON array only", null);
      }
      Set<String> friends = new HashSet<>();
      for (JsonValue value : array) {
        friends.add(id(value));
      }
      if (friends.size() > settings.limits().friends()) {
        throw FriendsUnavailable.tooMany(settings.limits().friends());
      }
      return friends;
    }
  }

  private static String id(JsonValue value) throws FriendsUnavailable {
    if (value instanceof JsonString string) {
      return string.getString();
    }
    if (value instanceof JsonNumber number && number.isIntegral()) {
      return number.toString();
    }
    throw new FriendsUnavailable(
        "The friends API: expected ids to be strings or numbers, but got a " + value.getValueType(),
        null);
  }

  /** The time until which the whole answer must be here. */
  private static final class Deadline {
    private final long end;

    Deadline(Duration timeout) {
      this.end = System.nanoTime() + timeout.toNanos();
    }

    int millis() throws FriendsUnavailable {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new FriendsUnavailable("The friends API: expected an answer in time", null);
      }
      return (int) Math.min(left, Integer.MAX_VALUE);
    }
  }
}
