package org.rollcall.testing;

import java.io.File;
import java.util.Map;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.rollcall.it.app.App;
import org.rollcall.it.app.AppFriends;
import org.rollcall.it.app.AppObserver;
import org.rollcall.it.app.AppRooms;
import org.rollcall.it.app.AppServlet;

/** The tests' application together with Rollcall, as the page of the Java API builds it. */
public final class ApplicationArchives {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "rollcall.friends",
          "cdi",
          "rollcall.friends.timeout",
          "PT1S",
          "rollcall.channels.rooms.timeout",
          "PT1S",
          "rollcall.counts.interval",
          "PT0.1S");

  private static final String CLASSES = "/WEB-INF/classes";
  private static final String LIBRARIES = "/WEB-INF";
  private static final String CONFIGURATION = CLASSES + "/META-INF/microprofile-config.properties";
  private static final String STRUCTURE = "/WEB-INF/jboss-deployment-structure.xml";
  private static final Class<?>[] BEANS = {
    App.class, AppFriends.class, AppObserver.class, AppRooms.class
  };

  private ApplicationArchives() {}

  /** Returns a WAR that has all of Rollcall's, and the application's classes beside it. */
  public static WebArchive overlay() {
    return Deployments.war(SETTINGS).addClasses(BEANS).addClass(AppServlet.class);
  }

  /**
   * Returns an EAR with Rollcall's classes and libraries, and the application's beans, in {@code
   * lib}, and a WAR with Rollcall's {@code web.xml} and pages.
   */
  public static EnterpriseArchive ear() {
    return ear(SETTINGS);
  }

  /** Returns the same EAR with other settings. */
  public static EnterpriseArchive ear(Map<String, String> settings) {
    WebArchive web = Deployments.war("rollcall-web.war", settings);
    EnterpriseArchive ear = ShrinkWrap.create(EnterpriseArchive.class, "rollcall.ear");
    JavaArchive classes =
        ShrinkWrap.create(ZipImporter.class, "rollcall-classes.jar")
            .importFrom(new File("target/rollcall-classes.jar"))
            .as(JavaArchive.class);
    for (Map.Entry<ArchivePath, Node> entry : Map.copyOf(web.getContent()).entrySet()) {
      String path = entry.getKey().get();
      if (path.equals(CONFIGURATION)) {
        move(web, entry, classes, path.substring(CLASSES.length()));
      } else if (path.startsWith(CLASSES + "/")) {
        remove(web, entry);
      } else if (path.startsWith(LIBRARIES + "/lib/")) {
        move(web, entry, ear, path.substring(LIBRARIES.length()));
      } else if (path.equals(STRUCTURE)) {
        move(web, entry, ear, path.replace("WEB-INF", "META-INF"));
      }
    }
    return ear.addAsLibraries(classes, library("app.jar").addClasses(BEANS))
        .addAsModule(web.addClass(AppServlet.class))
        .addAsManifestResource(
            new StringAsset(
                """
                <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                  <module>
                    <web>
                      <web-uri>rollcall-web.war</web-uri>
                      <context-root>/rollcall</context-root>
                    </web>
                  </module>
                </application>
                """),
            "application.xml");
  }

  private static JavaArchive library(String name) {
    return ShrinkWrap.create(JavaArchive.class, name)
        .addAsManifestResource(
            new StringAsset(
                """
                <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"
                       bean-discovery-mode="annotated"/>
                """),
            "beans.xml");
  }

  private static void remove(WebArchive web, Map.Entry<ArchivePath, Node> entry) {
    if (entry.getValue().getAsset() != null) {
      web.delete(entry.getKey());
    }
  }

  private static void move(
      WebArchive from, Map.Entry<ArchivePath, Node> entry, Archive<?> to, String path) {
    Asset asset = entry.getValue().getAsset();
    if (asset != null) {
      to.add(asset, path);
      remove(from, entry);
    }
  }
}
