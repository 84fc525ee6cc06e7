/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, which the tests of this JVM share; it ends when the JVM does. */
public final class Postgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static EmbeddedPostgres server;

  private final String url;

  private Postgres(String url) {
    this.url = url;
  }

  /** Creates an empty database. */
  public static synchronized Postgres database() {
    try {
      if (server == null) {
        server =
            EmbeddedPostgres.builder()
                .setLocaleConfig("locale", "C.UTF-8")
                .setServerConfig("fsync", "off")
                .start();
      }
      String name = "d" + DATABASES.incrementAndGet();
      try (Connection connection = server.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      }
      return new Postgres("jdbc:postgresql://localhost:" + server.getPort() + "/" + name);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL does not start", e);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL has no database for a test", e);
    }
  }

  /** Returns the URL of the database, without a user. */
  public String url() {
    return url;
  }

  /** Returns the user, who may do everything and needs no password. */
  public String user() {
    return "postgres";
  }

  /** Creates a user who may connect by a password only, and read all tables. */
  public void createReader(String name, String password) throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS " + name);
      statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + password + "'");
      statement.execute("GRANT pg_read_all_data TO " + name);
      try (ResultSet place = statement.executeQuery("SHOW hba_file")) {
        place.next();
        Path rules = Path.of(place.getString(1));
        Files.writeString(
            rules, "host all " + name + " all scram-sha-256\n" + Files.readString(rules));
      }
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user(), null);
  }

  /** Executes statements, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
