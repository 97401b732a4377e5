package org.rollcall.longpoll;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a request. A page may name its user's token {@code token} in the address, and
 * phoenix.js adds that of the session under the same name, behind it.
 *
 * @param user says who the client is
 * @param session names the session
 */
record PollTokens(Optional<String> user, Optional<String> session) {
  private static final String PARAMETER = "token";

  /**
   * The header with the user's token, which phoenix.js sends since 1.8 with each request that
   * polls.
   */
  private static final String USER_HEADER = "X-Phoenix-AuthToken";

  /** The header with the session's token, which phoenix.js sends since 1.9. */
  private static final String SESSION_HEADER = "X-Phoenix-LongPoll-Token";

  /** Reads the tokens of a request. */
  static PollTokens of(HttpServletRequest request) {
    @Nullable String[] none = {};
    @Nullable String @Nullable [] given = request.getParameterValues(PARAMETER);
    @Nullable String[] texts = given == null ? none : given;
    Optional<String> last =
        texts.length == 0 ? Optional.empty() : Optional.ofNullable(texts[texts.length - 1]);
    Optional<String> inAddress =
        last.filter(token -> texts.length > 1 || SessionToken.isOne(token));
    Optional<String> first = texts.length == 0 ? Optional.empty() : Optional.ofNullable(texts[0]);
    return new PollTokens(
        header(request, USER_HEADER)
            .or(() -> first.filter(token -> !SessionToken.isOne(token) && !token.isEmpty())),
        header(request, SESSION_HEADER).or(() -> inAddress).filter(token -> !token.isEmpty()));
  }

  private static Optional<String> header(HttpServletRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name)).filter(token -> !token.isEmpty());
  }
}
