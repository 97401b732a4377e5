package org.rollcall.testing;

import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The built WAR, with settings. */
public final class Deployments {
  private Deployments() {}

  /**
   * Returns the WAR as Maven built it, with one file more, which holds the settings.
   *
   * @param settings names and values, added to the tests' token secret and no delay of refusals
   */
  public static WebArchive war(Map<String, String> settings) {
    return war("rollcall.war", settings);
  }

  /** Returns the same under another name, for a test with several. */
  public static WebArchive war(String file, Map<String, String> settings) {
    Map<String, String> all = new TreeMap<>();
    all.put("rollcall.token.secret", TestToken.SECRET);
    all.put("rollcall.refusal.connect", "PT0S");
    all.put("rollcall.refusal.join", "PT0S");
    all.putAll(settings);
    StringBuilder text = new StringBuilder();
    all.forEach((name, value) -> text.append(name).append('=').append(escape(value)).append('\n'));
    return ShrinkWrap.create(ZipImporter.class, file)
        .importFrom(new File(System.getProperty("rollcall.war", "target/rollcall.war")))
        .as(WebArchive.class)
        .addAsResource(new StringAsset(text.toString()), "META-INF/microprofile-config.properties");
  }

  /** MicroProfile Config reads a backslash as an escape, and ${...} as a reference. */
  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("${", "\\\\${");
  }
}
