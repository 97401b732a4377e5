package org.rollcall.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.rollcall.config.Settings;
import org.rollcall.identity.User;
import org.rollcall.identity.token.ConnectTokens;

/**
 * The connect tokens of pages.
 *
 * <p>Servers read headers of some kilobytes only (Payara 8), and a token with hundreds of friends
 * is longer. So the caller's token may come in the body instead.
 */
@Path("token")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  @Inject private CallerVerifier callers;
  @Inject private ConnectTokens connect;
  @Inject private Settings settings;

  /**
   * Gives the caller a connect token: {@code {"token":"...","expiresIn":60}}. The caller is named
   * by the request's header or session, or by the token in the body, {@code {"token":"..."}}. In
   * the latter case the connect token does not name the friends.
   */
  @POST
  public Response mint(@Context HttpHeaders headers, InputStream body) throws IOException {
    Optional<String> token = token(body.readNBytes(longest() + 1));
    User user =
        token.isPresent()
            ? callers.of(token.get()).withoutFriends()
            : callers.require(headers::getHeaderString);
    JsonObject answer =
        Json.createObjectBuilder()
            .add("token", connect.mint(user))
            .add("expiresIn", ConnectTokens.LIFE.toSeconds())
            .build();
    return Response.ok(answer).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }

  /** A token that is too long for a message is of no use: it could not come with a join. */
  private int longest() {
    return settings.channels().limits().lengths().frame();
  }

  private Optional<String> token(byte[] body) {
    if (body.length == 0) {
      return Optional.empty();
    }
    if (body.length > longest()) {
      throw Problem.of(
          Response.Status.REQUEST_ENTITY_TOO_LARGE,
          "expected at most " + longest() + " bytes (rollcall.limits.frame)");
    }
    try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body))) {
      return Optional.of(reader.readObject().getString("token"));
    } catch (RuntimeException e) {
      // A text that nests too deep, or has a number that is too long, is no JsonException.
      throw Problem.of(Response.Status.BAD_REQUEST, "expected {\"token\":\"...\"}, or no body");
    }
  }
}
