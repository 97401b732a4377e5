package org.rollcall.login;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.logout.Logouts;
import org.rollcall.identity.oidc.LogoutTokenVerifier;
import org.rollcall.identity.oidc.LogoutTokenVerifier.Verdict;

/**
 * Takes the issuer's reports of log-outs (OpenID Connect Back-Channel Logout 1.0). Answers 200 once
 * every node knows the log-out, 400 for a wrong token or if it cannot be verified now, and 404 if
 * there is no issuer.
 *
 * <p>No thread of the container waits: neither for the other nodes nor, if a token is signed with a
 * new key, for the issuer's keys. Many an issuer reports a log-out only once.
 */
@WebServlet(value = "/oidc/backchannel-logout", asyncSupported = true)
public class BackChannelLogoutServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** The shortest time between two requests for an issuer's keys. */
  private static final String AGAIN_SECONDS = "10";

  /** How many log-outs may wait for keys at once. */
  private static final int MOST_WAITS = 4;

  @Inject private transient Logouts logouts;
  @Inject private transient Optional<LogoutTokenVerifier> verifier;
  private final Semaphore waits = new Semaphore(MOST_WAITS);

  private enum Outcome {
    /** Every node knows of the log-out. */
    DONE,
    /** The token is wrong. */
    WRONG,
    /** The token cannot be verified now, or not every node knows of the log-out. */
    LATER
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (verifier.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    @Nullable String token = FormBody.of(request).first("logout_token").orElse(null);
    LateAnswer.give(
        request,
        response,
        outcome(verifier.get(), token),
        Outcome.LATER,
        BackChannelLogoutServlet::answer);
  }

  private CompletableFuture<Outcome> outcome(LogoutTokenVerifier issuer, @Nullable String token) {
    // Before the verdict: an answer that comes between the two is the one to wait for.
    CompletionStage<Void> answer = issuer.nextAnswer();
    Verdict verdict = judge(issuer, token);
    if (!(verdict instanceof Verdict.Unknown)) {
      return tell(verdict).toCompletableFuture();
    }
    if (!waits.tryAcquire()) {
      return CompletableFuture.completedFuture(Outcome.LATER);
    }
    CompletableFuture<Outcome> told =
        answer.thenCompose(asked -> tell(judge(issuer, token))).toCompletableFuture();
    // On this future, not on the next stage: a request that gives up completes this one.
    var unused = told.whenComplete((outcome, failure) -> waits.release());
    return told;
  }

  private static Verdict judge(LogoutTokenVerifier issuer, @Nullable String token) {
    return token == null ? new Verdict.Wrong() : issuer.judge(token);
  }

  private CompletionStage<Outcome> tell(Verdict verdict) {
    if (verdict instanceof Verdict.Right right) {
      return logouts
          .tell(right.logout())
          .thenApply(everywhere -> everywhere ? Outcome.DONE : Outcome.LATER);
    }
    return CompletableFuture.completedFuture(
        verdict instanceof Verdict.Wrong ? Outcome.WRONG : Outcome.LATER);
  }

  private static void answer(HttpServletResponse response, Outcome outcome) throws IOException {
    switch (outcome) {
      case DONE -> response.setStatus(HttpServletResponse.SC_OK);
      case WRONG -> refuse(response, "invalid_request");
      case LATER -> {
        response.setHeader("Retry-After", AGAIN_SECONDS);
        refuse(response, "temporarily_unavailable");
      }
    }
  }

  private static void refuse(HttpServletResponse response, String error) throws IOException {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    response.setContentType("application/json");
    response.getWriter().write("{\"error\":\"" + error + "\"}");
  }
}
