package org.rollcall.login;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.rollcall.identity.LogoutTokens.Verdict;
import org.rollcall.identity.Trust;

/**
 * Where the issuer tells that somebody has logged out (OpenID Connect Back-Channel Logout 1.0): 200
 * once every node knows, 400 for a token that is wrong or if that is not known now. 404 if there is
 * no issuer.
 *
 * <p>No thread of the container's waits: neither for the other nodes nor, if a token looks right
 * but is signed with a new key, until the issuer has been asked for its keys. Many an issuer tells
 * only once.
 */
@WebServlet(value = "/oidc/backchannel-logout", asyncSupported = true)
public class BackChannelLogout extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** An issuer's keys are asked for so seldom. */
  private static final String AGAIN_SECONDS = "10";

  @Inject private transient Trust trust;
  private final transient KeyWaits waits = new KeyWaits();

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    if (trust.issuer().isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    judge(trust.issuer().get(), request, response);
  }

  private void judge(Trust.Issuer issuer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    @Nullable String token = FormBody.of(request).first("logout_token").orElse(null);
    // Before the verdict: an answer that comes between the two is the one to wait for.
    CompletionStage<Void> answer = issuer.keys().nextAnswer();
    Verdict verdict = token == null ? new Verdict.Wrong() : issuer.logouts().judge(token);
    if (verdict instanceof Verdict.Right right) {
      CompletionStage<Boolean> told = trust.logouts().tell(right.logout());
      LogoutAnswer.give(request, response, told, BackChannelLogout::answer);
    } else if (verdict instanceof Verdict.Wrong) {
      refuse(response, "invalid_request");
    } else if (!waits.begin(request, answer)) {
      response.setHeader("Retry-After", AGAIN_SECONDS);
      refuse(response, "temporarily_unavailable");
    }
  }

  private static void answer(HttpServletResponse response, boolean told) throws IOException {
    if (!told) {
      refuse(response, "temporarily_unavailable");
    }
  }

  private static void refuse(HttpServletResponse response, String error) throws IOException {
    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    response.setContentType("application/json");
    response.getWriter().write("{\"error\":\"" + error + "\"}");
  }
}
