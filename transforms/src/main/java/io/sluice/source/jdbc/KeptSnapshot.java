/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Keeps a transaction open, and with it the snapshot that it has exported: a statement now and then
 * shows the network and the server that it is alive. A transaction that is lost all the same is
 * noticed by whoever enters the snapshot.
 */
final class KeptSnapshot implements AutoCloseable {
  private static final long PAUSE_MILLIS = 30_000;

  private final Connection connection;
  private final Thread thread;

  private KeptSnapshot(Connection connection) {
    this.connection = connection;
    this.thread = new Thread(this::keep, "sluice-snapshot");
    this.thread.setDaemon(true);
  }

  /** Keeps the transaction of this connection, which nobody uses from now on. */
  static KeptSnapshot of(Connection connection) {
    KeptSnapshot kept = new KeptSnapshot(connection);
    kept.thread.start();
    return kept;
  }

  private void keep() {
    try (Statement statement = connection.createStatement()) {
      while (true) {
        Thread.sleep(PAUSE_MILLIS);
        statement.execute("SELECT 1");
      }
    } catch (InterruptedException | SQLException e) {
      // It is over, or lost.
      return;
    }
  }

  /** Ends the thread; the transaction stays, unless its server does not answer. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PAUSE_MILLIS);
      if (thread.isAlive()) {
        // Nobody else could end the transaction while a statement waits for its answer.
        connection.abort(Runnable::run);
      }
    } catch (SQLException e) {
      // It is lost.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
