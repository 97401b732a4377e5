package org.rollcall.demo;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The documents of this version, which the WAR carries as Markdown: {@code /docs/}, {@code
 * /docs/settings.html}. Only while the demo is on, as {@link DemoOnly} sees to.
 *
 * <p>Called by many threads. Each page is rendered once.
 */
@WebServlet(value = "/docs/*", asyncSupported = true)
public class DocsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String SOURCE = "/WEB-INF/docs/";
  private static final Pattern PAGE = Pattern.compile("/((?:adr/)?[a-z0-9-]{1,60})\\.html");

  private final transient ConcurrentMap<String, String> pages = new ConcurrentHashMap<>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getPathInfo();
    if (path == null) {
      response.sendRedirect(request.getContextPath() + "/docs/");
      return;
    }
    Matcher page = PAGE.matcher(path.equals("/") ? "/index.html" : path);
    String html = page.matches() ? page(page.group(1)) : null;
    if (html == null) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    response.setContentType("text/html;charset=UTF-8");
    response.getWriter().write(html);
  }

  private @Nullable String page(String name) throws IOException {
    String known = pages.get(name);
    if (known != null) {
      return known;
    }
    String text = read(SOURCE + "markdown/" + name + ".md");
    String site = read(SOURCE + "site.xml");
    if (text == null || site == null) {
      return null;
    }
    String html = new DocsPage(name, Markdown.render(text), DocsPage.menu(site)).html();
    pages.put(name, html);
    return html;
  }

  private @Nullable String read(String resource) throws IOException {
    try (InputStream in = getServletContext().getResourceAsStream(resource)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
