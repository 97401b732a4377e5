package org.rollcall.node;

import jakarta.inject.Inject;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rollcall.api.OpenApiServlet;
import org.rollcall.demo.DocsServlet;
import org.rollcall.demo.HomePage;
import org.rollcall.health.HealthServlet;
import org.rollcall.login.BackChannelLogoutServlet;
import org.rollcall.login.LoginServlet;
import org.rollcall.login.LogoutServlet;
import org.rollcall.longpoll.LongPollServlet;
import org.rollcall.metrics.MetricsServlet;
import org.rollcall.transport.PhoenixEndpoint;

/**
 * Registers the WebSocket end point, and the servlets if the server has not: WildFly 39 looks for
 * their annotations in the WAR, and in an EAR the classes are in {@code lib}. It finds the filters
 * in {@code web.xml}, and the beans and the resources of the API, there too.
 *
 * <p>Waits for the node's start first: in an EAR, WildFly starts the beans and the WAR at the same
 * time, and a WAR that starts without a node answers every request with 500.
 *
 * <p>Stops the node at the end, if {@link DrainListener} has not yet.
 */
public final class EdgeRegistration implements ServletContextListener {
  static final List<Class<? extends Servlet>> SERVLETS =
      List.of(
          HomePage.class,
          DocsServlet.class,
          OpenApiServlet.class,
          HealthServlet.class,
          MetricsServlet.class,
          LongPollServlet.class,
          LoginServlet.class,
          LogoutServlet.class,
          BackChannelLogoutServlet.class);

  @Inject private NodeBeans nodeBeans;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    nodeBeans.begin();
    ServletContext context = event.getServletContext();
    Set<String> known =
        context.getServletRegistrations().values().stream()
            .map(ServletRegistration::getClassName)
            .collect(Collectors.toSet());
    List<Class<? extends Servlet>> missing =
        SERVLETS.stream().filter(servlet -> !known.contains(servlet.getName())).toList();
    missing.forEach(servlet -> register(context, servlet));
    registerEndpoint(context);
  }

  private static void register(ServletContext context, Class<? extends Servlet> servlet) {
    WebServlet annotation = Objects.requireNonNull(servlet.getAnnotation(WebServlet.class));
    ServletRegistration.Dynamic added = context.addServlet(servlet.getName(), servlet);
    added.setAsyncSupported(annotation.asyncSupported());
    added.addMapping(
        Stream.of(annotation.value(), annotation.urlPatterns())
            .flatMap(Stream::of)
            .toArray(String[]::new));
  }

  private static void registerEndpoint(ServletContext context) {
    ServerContainer container =
        (ServerContainer) context.getAttribute("jakarta.websocket.server.ServerContainer");
    try {
      container.addEndpoint(PhoenixEndpoint.config());
    } catch (DeploymentException e) {
      throw new IllegalStateException("The WebSocket end point could not be registered", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    nodeBeans.end();
  }
}
