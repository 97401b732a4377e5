package org.rollcall.it.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The edge of the tests' application: runs a command of {@link App}, answers with its result. */
@WebServlet("/app")
public class AppServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient App app;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=utf-8");
    response
        .getWriter()
        .print(
            app.run(
                request.getParameter("do"),
                request.getParameter("topic"),
                request.getParameter("user"),
                request.getParameter("text")));
  }
}
