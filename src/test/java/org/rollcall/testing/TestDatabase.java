package org.rollcall.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A real PostgreSQL on loopback, and the data source with which a deployment reaches it. */
public final class TestDatabase implements AutoCloseable {
  /** The name of the data source. */
  public static final String DATA_SOURCE = "java:app/rollcall/database";

  private final EmbeddedPostgres postgres;

  private TestDatabase(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  /** Starts an empty database on a free port. */
  public static TestDatabase start() {
    try {
      return new TestDatabase(EmbeddedPostgres.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the data source for code in this process. */
  public DataSource dataSource() {
    return postgres.getPostgresDatabase();
  }

  /** Runs statements. */
  public void execute(String... statements) {
    new SqlClient(dataSource()).execute(statements);
  }

  /** Returns the number that a query answers with. */
  public int count(String query) {
    return new SqlClient(dataSource()).count(query);
  }

  /** Returns its port. */
  public int port() {
    return postgres.getPort();
  }

  /** Adds to a WAR the driver and a fragment that defines the data source. */
  public WebArchive addTo(WebArchive war) {
    return addTo(war, port());
  }

  /** The same, by another port that leads to it. */
  public static WebArchive addTo(WebArchive war, int port) {
    JavaArchive fragment =
        ShrinkWrap.create(JavaArchive.class, "database.jar")
            .addAsManifestResource(new StringAsset(fragment(port)), "web-fragment.xml");
    return war.addAsLibrary(fragment).addAsLibrary(SqlClient.driver().toFile());
  }

  private static String fragment(int port) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <web-fragment xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
      <name>database</name>
      <data-source>
        <name>%s</name>
        <class-name>org.postgresql.ds.PGSimpleDataSource</class-name>
        <server-name>127.0.0.1</server-name>
        <port-number>%d</port-number>
        <database-name>postgres</database-name>
        <user>postgres</user>
        <password>postgres</password>
        <max-pool-size>8</max-pool-size>
      </data-source>
    </web-fragment>
    """
        .formatted(DATA_SOURCE, port);
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
