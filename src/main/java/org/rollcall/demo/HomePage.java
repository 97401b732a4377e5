package org.rollcall.demo;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rollcall.config.Settings;

/**
 * The page at the root: the demo if it is on, else a short description of Rollcall with links to
 * the documents.
 *
 * <p>A welcome file, because Payara 6 cannot undeploy a servlet that is mapped to the root itself
 * (NegativeArraySizeException in Grizzly's mapper).
 */
@WebServlet(value = "/index.html", asyncSupported = true)
public class HomePage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Settings settings;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    PageHeaders.set(response);
    // Both servers leave the charset out for static pages.
    response.setContentType("text/html;charset=UTF-8");
    String page = settings.web().demo() ? "/demo/demo.html" : "/demo/home.html";
    request.getRequestDispatcher(page).forward(request, response);
  }
}
