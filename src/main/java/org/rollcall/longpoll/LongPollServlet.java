package org.rollcall.longpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rollcall.admission.ConnectionLimiter;
import org.rollcall.admission.DelayedRefusals;
import org.rollcall.config.Settings;
import org.rollcall.identity.token.TokenVerifier;
import org.rollcall.socket.Socket;
import org.rollcall.socket.SocketRegistry;
import org.rollcall.transport.Admission;
import org.rollcall.transport.RequestQuery;

/**
 * Answers the requests of Phoenix clients that use no WebSocket. {@code GET} without a session's
 * token is the handshake, {@code GET} with one waits for frames, and {@code POST} brings the
 * client's messages.
 *
 * <p>Called on the container's threads; none waits.
 */
@WebServlet(value = "/socket/longpoll", asyncSupported = true)
public class LongPollServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;
  @Inject private transient TokenVerifier verifier;
  @Inject private transient ConnectionLimiter limiter;
  @Inject private transient DelayedRefusals refusals;
  @Inject private transient SocketRegistry sockets;
  @Inject private transient LongPolls polls;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PollPage page = new PollPage(request, settings.web().origins());
    page.answer(response);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType("application/json");
    if (!RequestQuery.isReadable(request)) {
      write(response, HttpServletResponse.SC_BAD_REQUEST, PollBody.of(PollBody.BAD_REQUEST));
      return;
    }
    switch (request.getMethod()) {
      case "OPTIONS" -> page.answerPreflight(response);
      case "GET" -> get(page, request, response);
      case "POST" -> post(page, request, response);
      default -> {
        response.setHeader("Allow", "GET, POST, OPTIONS");
        write(response, HttpServletResponse.SC_BAD_REQUEST, PollBody.of(PollBody.BAD_REQUEST));
      }
    }
  }

  private static void write(HttpServletResponse response, int status, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    response.setStatus(status);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    write(response, HttpServletResponse.SC_OK, text);
  }

  private void get(PollPage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PollTokens given = PollTokens.of(request);
    if (page.isHidden()) {
      refuse(request, response);
    } else if (given.session().isEmpty()) {
      connect(given.user(), request, response);
    } else if (!page.isWelcome()) {
      refuse(request, response);
    } else if (given.session().get().equals(SessionToken.NONE)) {
      write(response, PollBody.of(PollBody.RECONNECT));
    } else {
      poll(polls.find(given.session().get()), request, response);
    }
  }

  private void connect(
      Optional<String> token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (sockets.isDraining()) {
      // A balancer asks another node because of the one number, a client again because of the
      // other.
      write(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, PollBody.of(PollBody.RECONNECT));
      return;
    }
    Optional<Socket.Client> client =
        new Admission(settings, verifier, limiter).admit(request, token);
    Optional<PollSession> session = client.map(polls::open).filter(PollSession::isOpen);
    if (session.isPresent()) {
      write(response, PollBody.of(PollBody.GONE, session.get().token()));
    } else {
      refuse(request, response);
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    PollAnswer answer = PollAnswer.begin(request, response, polls.executors().fanOut());
    refusals.answer(() -> answer.answer(PollBody.of(PollBody.FORBIDDEN), ok -> {}));
  }

  private void poll(
      Optional<PollSession> session, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String gone = PollBody.of(PollBody.GONE, SessionToken.NONE);
    if (session.isEmpty()) {
      write(response, gone);
      return;
    }
    PollAnswer answer = PollAnswer.begin(request, response, polls.executors().fanOut());
    if (!session.get().poll(answer)) {
      answer.answer(gone, ok -> {});
    }
  }

  private void post(PollPage page, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!page.isWelcome()) {
      refuse(request, response);
      return;
    }
    byte[] body = request.getInputStream().readAllBytes();
    @Nullable PollMessages messages = PollMessages.of(request.getContentType(), body);
    if (messages == null) {
      write(response, PollBody.of(PollBody.BAD_REQUEST));
      return;
    }
    boolean taken =
        PollTokens.of(request)
            .session()
            .flatMap(polls::find)
            .filter(session -> session.take(messages))
            .isPresent();
    write(response, PollBody.of(taken ? PollBody.OK : PollBody.GONE));
  }
}
