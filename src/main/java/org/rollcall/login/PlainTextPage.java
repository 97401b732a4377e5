package org.rollcall.login;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A page of one sentence, for a visitor whose log-in has failed. */
final class PlainTextPage {
  private PlainTextPage() {}

  /** Answers with the page, unless another answer has begun. */
  static void answer(HttpServletResponse response, int status, String sentence) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(status);
    response.setContentType("text/plain");
    response.setCharacterEncoding("UTF-8");
    response.getWriter().write(sentence + "\n");
  }
}
