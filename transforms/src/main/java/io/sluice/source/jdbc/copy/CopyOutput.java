/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.copy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A COPY TO STDOUT by PostgreSQL's driver, which may be of another class loader: so its methods are
 * found by their names.
 */
final class CopyOutput {
  private static final String CONNECTION = "org.postgresql.PGConnection";
  private static final String OUTPUT = "org.postgresql.copy.CopyOut";

  private final Object output;
  private final Method read;

  private CopyOutput(Object output, Method read) {
    this.output = output;
    this.read = read;
  }

  /** Whether the driver of a connection has it. */
  static boolean isOffered(Connection connection) {
    try {
      return type(connection, CONNECTION).isInstance(connection);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static Class<?> type(Connection connection, String name) throws ClassNotFoundException {
    return Class.forName(name, false, connection.getClass().getClassLoader());
  }

  /** Sends the statement. */
  static CopyOutput of(Connection connection, String sql) throws SQLException {
    try {
      Object copies = call(type(connection, CONNECTION).getMethod("getCopyAPI"), connection);
      Object output = call(copies.getClass().getMethod("copyOut", String.class), copies, sql);
      return new CopyOutput(output, type(connection, OUTPUT).getMethod("readFromCopy"));
    } catch (ReflectiveOperationException e) {
      throw new SQLException("the driver has no COPY", e);
    }
  }

  /** Returns the next message of the server; null after the last one. */
  byte @Nullable [] read() throws SQLException {
    return (byte[]) call(read, output);
  }

  private static Object call(Method method, Object on, Object... arguments) throws SQLException {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SQLException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new SQLException("the driver fails", e.getCause());
    } catch (IllegalAccessException e) {
      throw new SQLException("the driver has no COPY", e);
    }
  }
}
