/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.storage.Storage;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A database and how to get into it. It travels with the source to the workers, with the password:
 * in the serialised job, and in no option that a runner shows.
 */
public final class Database implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DatabaseUrl url;
  private final @Nullable String user;
  private final List<String> driverJars;

  private Database(DatabaseUrl url, @Nullable String user, List<String> driverJars) {
    this.url = url;
    this.user = user;
    this.driverJars = List.copyOf(driverJars);
  }

  /**
   * Names a database.
   *
   * @param url begins with {@code jdbc:}; it may have user and password in it
   * @param user null for that of the URL
   * @param password null for that of the URL, or none
   * @param driverJars the jars of its driver, in any file system of Beam, see {@link Storage#find};
   *     empty for a driver on the class path
   */
  public static Database of(
      String url, @Nullable String user, @Nullable String password, List<String> driverJars) {
    return new Database(new DatabaseUrl(url, password), user, driverJars);
  }

  DatabaseUrl url() {
    return url;
  }

  Dialect dialect() {
    return Dialects.of(url.text());
  }

  /**
   * Opens a connection.
   *
   * @throws DatabaseException when there is no driver, or the database does not let us in
   */
  Connection connect() throws IOException {
    Driver driver =
        Drivers.find(url.text(), driverJars)
            .orElseThrow(() -> DatabaseException.because(withoutDriver()));
    Properties properties = new Properties();
    properties.putAll(dialect().properties());
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (url.password() != null) {
      properties.setProperty("password", url.password());
    }
    try {
      Connection connection = driver.connect(url.text(), properties);
      if (connection == null) {
        throw DatabaseException.because(withoutDriver());
      }
      return connection;
    } catch (SQLException e) {
      throw DatabaseException.of(url, e);
    }
  }

  /**
   * Ends a transaction that has only read, and its connection. It does not fail: nothing is lost.
   */
  static void end(Connection connection) {
    try {
      // Some drivers do not close a connection whose transaction is open.
      connection.rollback();
    } catch (SQLException e) {
      // There was none, or it is lost.
    }
    try {
      connection.close();
    } catch (SQLException e) {
      // It is lost.
      return;
    }
  }

  private String withoutDriver() {
    return driverJars.isEmpty()
        ? "there is no driver for %s on the class path: give its jar by --jdbcDriverJar"
            .formatted(url)
        : "no driver in %s takes %s".formatted(String.join(", ", driverJars), url);
  }

  /** Returns the URL without user, password and settings. */
  @Override
  public String toString() {
    return url.shown();
  }
}
