/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb;

import io.sluice.localaws.dynamodb.admin.GeneratedItems;
import io.sluice.localaws.dynamodb.book.Books;
import io.sluice.localaws.dynamodb.fault.Faults;
import io.sluice.localaws.dynamodb.fault.Latency;
import io.sluice.localaws.dynamodb.http.DynamoDbHttpServer;
import io.sluice.localaws.dynamodb.rehearsal.Rehearsal;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.throttle.CapacitySettings;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * Runs a DynamoDB in this process, for clients on this machine.
 *
 * <p>It answers as the service does, and when it is told to as slowly, as little and as wrongly as
 * the service can; and it keeps exact books.
 */
public final class DynamoDb implements AutoCloseable {

  private final Tables tables;
  private final Rehearsal rehearsal;
  private final DynamoDbHttpServer server;
  private final Parts parts;

  DynamoDb(Tables tables, Rehearsal rehearsal, DynamoDbHttpServer server, Parts parts) {
    this.tables = tables;
    this.rehearsal = rehearsal;
    this.server = server;
    this.parts = parts;
  }

  /** Begins to say what is to be started; without more it answers at once and has no faults. */
  public static DynamoDbBuilder builder() {
    return new DynamoDbBuilder();
  }

  /** Starts one that answers at once and has no faults, on any port that is free. */
  public static DynamoDb start() {
    return builder().start();
  }

  /** Gives the address that it listens on. */
  public URI endpoint() {
    return URI.create("http://localhost:" + server.port());
  }

  /** Gives the tables, which are also there for whoever does not want to go through HTTP. */
  public Tables tables() {
    return tables;
  }

  /** Gives the books as they are now; there are none in one that was built without. */
  public Books books() {
    return rehearsal.books().books();
  }

  /** Gives what decides which requests go wrong, to be changed at any time. */
  public Faults faults() {
    return rehearsal.faults();
  }

  /** Has answers take so long from now on. */
  public void setLatency(Latency latency) {
    rehearsal.setLatency(latency);
  }

  /** Changes how capacity is enforced from now on. */
  public void changeCapacity(UnaryOperator<CapacitySettings> change) {
    rehearsal.throttle().change(change.apply(rehearsal.throttle().settings()));
  }

  /** Gives what enforces capacity. */
  public Throttle throttle() {
    return rehearsal.throttle();
  }

  /**
   * Makes items in a table, past capacity and books.
   *
   * @param items how they are, and how many
   */
  public void fill(String table, GeneratedItems items) {
    items.fill(tables.get(table));
  }

  /** Begins the books anew, and forgets what was consumed; tables and settings stay. */
  public void reset() {
    rehearsal.throttle().reset();
    rehearsal.books().reset();
  }

  /** Stops at once; requests in progress get no answer. */
  @Override
  public void close() {
    parts.close();
  }
}
