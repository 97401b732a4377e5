package org.rollcall.longpoll;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.rollcall.protocol.Json;

/** The bodies of answers. Clients look at the status in them, and not at that of HTTP. */
final class PollBody {
  /** The request is carried out, or the answer has frames. */
  static final int OK = 200;

  /** No frame came while the client waited. */
  static final int NO_CONTENT = 204;

  /** The request cannot be read. */
  static final int BAD_REQUEST = 400;

  /** The client may not connect. */
  static final int FORBIDDEN = 403;

  /** The session in the request has ended; the client uses the token in the answer from now on. */
  static final int GONE = 410;

  /** The client has to connect again. */
  static final int RECONNECT = 500;

  private PollBody() {}

  /** Returns a status alone. */
  static String of(int status) {
    return "{\"status\":" + status + "}";
  }

  /** Returns a status with a token and no frames. */
  static String of(int status, String token) {
    return of(status, token, List.of());
  }

  /** Returns a status with a token and frames. */
  static String of(int status, String token, Collection<String> frames) {
    return frames.stream()
        .map(Json::quote)
        .collect(
            Collectors.joining(
                ",",
                "{\"status\":" + status + ",\"token\":" + Json.quote(token) + ",\"messages\":[",
                "]}"));
  }
}
