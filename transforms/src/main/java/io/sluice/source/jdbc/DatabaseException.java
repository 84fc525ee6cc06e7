/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.failure.Errors;
import io.sluice.failure.Lasting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;

/**
 * The exception for a database that cannot be read as it was asked for. The message is one sentence
 * for a person; it has no password and no value of a row. Unless the database was away, it
 * {@linkplain Lasting lasts}.
 */
public final class DatabaseException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * The classes of SQLSTATE of a database that may be there again later, or that rolled a
   * transaction back in favour of another one.
   */
  private static final Set<String> AWAY = Set.of("08", "40", "53", "57", "58", "XX");

  /**
   * The classes of SQLSTATE whose messages are about the connection, the rights, the statement or
   * the server. Those of others may have values of rows.
   */
  private static final Set<String> WITHOUT_VALUES = Set.of("08", "28", "40", "42", "53", "57");

  /** The SQLSTATE of a server that answers, and does not let us in. */
  private static final String REJECTED = "08004";

  private static final String NOT_SHOWN =
      "; what it reports may have a value of a row, and is not shown";

  private DatabaseException(String message, boolean lasts) {
    super(message, lasts ? Lasting.because(null) : null);
  }

  /** Says what is wrong, in a sentence. */
  static DatabaseException because(String message) {
    return new DatabaseException(message, true);
  }

  /**
   * Says in one sentence what a database answers.
   *
   * <p>The exception itself is not kept: its message may have a value of a row.
   */
  static DatabaseException of(DatabaseUrl url, SQLException e) {
    String about = about(e);
    String reason =
        switch (about) {
          case "28" -> "refuses the user or the password: check --jdbcUser and the password";
          case "3D" -> "reports " + state(e) + ": the URL names no database that is there";
          case "22" -> "cannot evaluate an expression (" + state(e) + ")" + NOT_SHOWN;
          case "08" ->
              REJECTED.equals(e.getSQLState())
                  ? "refuses the connection: " + line(url, e)
                  : "cannot be reached: " + network(url, e);
          default ->
              WITHOUT_VALUES.contains(about)
                  ? "reports: " + line(url, e) + " (" + e.getSQLState() + ")"
                  : "reports " + state(e) + NOT_SHOWN;
        };
    return new DatabaseException(url.shown() + " " + reason, !isAway(e));
  }

  /** Whether the database may be there again later. */
  static boolean isAway(SQLException e) {
    return AWAY.contains(about(e));
  }

  /** Returns the class of the SQLSTATE; empty for none. */
  private static String about(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  /** Returns the codes of an error, which have no value of a row. */
  static String state(SQLException e) {
    String state = e.getSQLState() == null ? "no SQLSTATE" : "SQLSTATE " + e.getSQLState();
    return e.getErrorCode() == 0 ? state : state + ", code " + e.getErrorCode();
  }

  /** Says that an Error happened while rows were read. */
  static DatabaseException of(DatabaseUrl url, Error e) {
    return new DatabaseException(url.shown() + " cannot be read: " + Errors.oneLine(e), false);
  }

  private static String network(DatabaseUrl url, SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "no such host: " + url.scrubbed(String.valueOf(cause.getMessage()));
      } else if (cause instanceof SocketTimeoutException) {
        return "no answer in time";
      } else if (cause instanceof ConnectException) {
        return "nobody answers there (connection refused)";
      }
    }
    return line(url, e);
  }

  /** Returns the first line of what a driver says, without secrets and without a stop. */
  private static String line(DatabaseUrl url, SQLException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String line = message.lines().findFirst().orElse("").strip();
    return url.scrubbed(line).replaceFirst("^(ERROR|FATAL): ", "").replaceFirst("[.]$", "");
  }
}
