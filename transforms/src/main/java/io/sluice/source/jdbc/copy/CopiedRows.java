/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc.copy;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The rows of a COPY of PostgreSQL in its binary format: the server sends them without waiting to
 * be asked for the next page, and spells no number or time, which costs it as much as all the rest.
 * They are spelt here, as it would.
 *
 * <p>The format is that of <a href="https://www.postgresql.org/docs/15/sql-copy.html">COPY</a>,
 * section Binary Format.
 */
public final class CopiedRows implements TextRows {
  private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', -1, '\r', '\n', 0};
  private static final String BROKEN = "08P01";
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Connection connection;
  private final CopyOutput output;
  private final List<PostgresBinary> types;
  private ByteBuffer message = NOTHING;
  private boolean isOpen;
  private boolean isOver;

  private CopiedRows(Connection connection, CopyOutput output, List<PostgresBinary> types) {
    this.connection = connection;
    this.output = output;
    this.types = types;
  }

  /** Whether the driver of a connection can copy. */
  public static boolean isOffered(Connection connection) {
    return CopyOutput.isOffered(connection);
  }

  /**
   * Begins to copy what a SELECT gives.
   *
   * @param connection is in a transaction of PostgreSQL, and offers it
   * @param select has values and no parameters; braces are read as JDBC does, question marks are
   *     not
   * @param types how its columns are sent; those that are {@link PostgresBinary#CAST_TO_TEXT} are
   *     cast there
   */
  public static CopiedRows open(Connection connection, String select, List<PostgresBinary> types)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // It would not be for a page, as with a result, but for the whole slice.
      statement.execute("SET LOCAL statement_timeout TO 0");
    }
    String copy = "COPY (" + connection.nativeSQL(select) + ") TO STDOUT (FORMAT binary)";
    return new CopiedRows(connection, CopyOutput.of(connection, copy), types);
  }

  @Override
  public boolean next(byte[] @Nullable [] values) throws SQLException {
    if (!isOpen) {
      readHeader();
    }
    need(Short.BYTES);
    int count = message.getShort();
    if (count < 0) {
      end();
      return false;
    }
    if (count != values.length) {
      throw broken("a row of %d columns".formatted(count));
    }
    for (int i = 0; i < count; i++) {
      need(Integer.BYTES);
      int length = message.getInt();
      if (length < 0) {
        values[i] = null;
      } else {
        need(length);
        values[i] = types.get(i).text(message.array(), message.position(), length);
        message.position(message.position() + length);
      }
    }
    return true;
  }

  private void readHeader() throws SQLException {
    need(SIGNATURE.length + 2 * Integer.BYTES);
    for (byte expected : SIGNATURE) {
      if (message.get() != expected) {
        throw broken("no signature");
      }
    }
    message.getInt();
    int extension = message.getInt();
    need(extension);
    message.position(message.position() + extension);
    isOpen = true;
  }

  private void end() throws SQLException {
    if (output.read() != null) {
      throw broken("more behind the last row");
    }
    isOver = true;
  }

  /** Has so many bytes at hand; a row is in one message as a rule, which nobody promises. */
  private void need(int bytes) throws SQLException {
    while (message.remaining() < bytes) {
      byte[] next = output.read();
      if (next == null) {
        throw broken("no end");
      }
      message =
          message.hasRemaining()
              ? ByteBuffer.allocate(message.remaining() + next.length).put(message).put(next).flip()
              : ByteBuffer.wrap(next);
    }
  }

  private static SQLException broken(String what) {
    return new SQLException("the answer to a COPY is not understood: " + what, BROKEN);
  }

  /** While rows come the driver sends no other statement, not even for the end of a transaction. */
  @Override
  public void close() {
    if (isOver) {
      return;
    }
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is lost.
      return;
    }
  }
}
