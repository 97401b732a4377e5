package org.rollcall.node;

import jakarta.servlet.Registration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rollcall.transport.UndertowHandshakes;

/**
 * Prepares the start and the end of the node while the WAR is deployed.
 *
 * <p>Has handshakes wait for each other ({@link UndertowHandshakes}). Adds {@link DrainListener}
 * after every other listener, so that an undeployment calls it first: Undertow 2.3 has a listener
 * of its own after the declared ones, which closes all WebSocket sessions at once with 1001. Also
 * loads every class of Rollcall: Payara Micro 6 deletes the WAR's files before it calls the
 * listeners, and a class that is not loaded by then cannot be loaded any more.
 *
 * <p>In an EAR whose {@code lib} has this class, servers call it for each WAR. An application's own
 * WAR gets no listener: its end is not the node's, and it may have no beans to inject.
 */
public final class DrainInitializer implements ServletContainerInitializer {
  private static final Logger LOG = System.getLogger(DrainInitializer.class.getName());
  private static final String CLASSES = "/WEB-INF/classes/";
  private static final String SUFFIX = ".class";

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    if (!isOfRollcall(context)) {
      return;
    }
    context.addListener(DrainListener.class);
    UndertowHandshakes.addTo(context);
    load(context, CLASSES + "org/rollcall/");
  }

  /** Returns whether the WAR has filters of Rollcall, which its {@code web.xml} declares. */
  private static boolean isOfRollcall(ServletContext context) {
    return context.getFilterRegistrations().values().stream()
        .map(Registration::getClassName)
        .anyMatch(name -> name != null && name.startsWith("org.rollcall."));
  }

  private static void load(ServletContext context, String folder) {
    @Nullable Set<String> paths = context.getResourcePaths(folder);
    if (paths == null) {
      return;
    }
    for (String path : paths) {
      if (path.endsWith("/")) {
        load(context, path);
      } else if (path.endsWith(SUFFIX)) {
        String name = path.substring(CLASSES.length(), path.length() - SUFFIX.length());
        loadClass(name.replace('/', '.'));
      }
    }
  }

  private static void loadClass(String name) {
    try {
      Class.forName(name, true, DrainInitializer.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.log(Level.DEBUG, "A class could not be loaded beforehand", e);
    }
  }
}
