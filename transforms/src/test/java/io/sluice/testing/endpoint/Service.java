/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The operations of DynamoDB on one table; knows nothing of HTTP. */
final class Service {
  private static final String TARGET = "DynamoDB_20120810.";
  private static final byte[] PUT_START = "{\"PutRequest\":{\"Item\":".getBytes(US_ASCII);
  private static final byte[] PUT_END = "}}".getBytes(US_ASCII);

  private final SimulatedTable table;
  private final TableState state;
  private final Reads reads;
  private final Bookkeeper books;
  private final Dice dice;
  private volatile EndpointSettings settings;

  Service(EndpointSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.table = settings.table();
    this.state = new TableState(settings, clock);
    this.books = new Bookkeeper(table.indexes(), clock);
    this.reads = new Reads(settings, state, books);
    this.dice = new Dice(settings.seed());
  }

  EndpointSettings settings() {
    return settings;
  }

  Bookkeeper bookkeeper() {
    return books;
  }

  Dice dice() {
    return dice;
  }

  TableState state() {
    return state;
  }

  Books books() {
    return books.books(state.store().size());
  }

  void reset() {
    state.reset(settings.throughput());
    books.reset();
    dice.reset();
  }

  /**
   * Throughput, faults, times and what the table says of its provisioned throughput change at once;
   * the rest must be as it is.
   */
  synchronized void change(EndpointSettings changed) {
    EndpointSettings allowed =
        settings
            .withTable(provisionedAs(changed.table()))
            .withThroughput(changed.throughput())
            .withFaults(changed.faults())
            .withLatencyMillis(changed.latencyMillis())
            .withTrickleMillis(changed.trickleMillis());
    if (!allowed.equals(changed)) {
      throw new IllegalArgumentException(
          "only throughput, faults, latencyMillis, trickleMillis and what is provisioned can"
              + " change");
    }
    if (!changed.throughput().equals(settings.throughput())) {
      state.change(changed.throughput());
    }
    settings = changed;
  }

  private SimulatedTable provisionedAs(SimulatedTable other) {
    SimulatedTable.Units units = other.provisioned();
    return units == null ? table : table.withProvisioned(units.write(), units.read());
  }

  /**
   * Does a request.
   *
   * @param target the operation, as the header X-Amz-Target has it
   * @param body holds the request; may change afterwards
   * @param length how much of it
   */
  Answer answer(@Nullable String target, byte[] body, int length) {
    String operation =
        target != null && target.startsWith(TARGET) ? target.substring(TARGET.length()) : "";
    Fault fault = dice.draw(operation, settings.faults());
    if (fault != null) {
      books.fault(fault);
      if (fault == Fault.RESET_BEFORE || fault == Fault.HANG_BEFORE) {
        books.request(operation, fault.name());
        return fault == Fault.RESET_BEFORE ? Answer.reset() : Answer.never();
      }
    }
    try {
      if (fault != null && fault.error() != null) {
        throw fault.error();
      }
      Answer answer = perform(operation, body, length, fault);
      return fault == null ? answer : answer.spoiltBy(fault);
    } catch (ServiceError e) {
      books.request(operation, e.code());
      Answer answer = Answer.error(e);
      return fault == null ? answer : answer.spoiltBy(fault);
    }
  }

  private Answer perform(String operation, byte[] body, int length, @Nullable Fault fault)
      throws ServiceError {
    switch (operation) {
      case "BatchWriteItem" -> {
        return batchWriteItem(body, length, fault);
      }
      case "PutItem" -> {
        return putItem(body, length, fault);
      }
      default -> {}
    }
    byte[] answer =
        switch (operation) {
          case "GetItem" -> reads.getItem(parse(body, length));
          case "BatchGetItem" ->
              reads.batchGetItem(
                  parse(body, length), fault == Fault.UNPROCESSED ? dice.split() : null);
          case "Scan" -> reads.scan(parse(body, length));
          case "DescribeTable" -> describeTable(parse(body, length));
          default -> throw ServiceError.unknownOperation();
        };
    books.request(operation, "OK");
    return Answer.ok(answer);
  }

  private static ObjectNode parse(byte[] body, int length) throws ServiceError {
    try {
      return Json.parse(body, length);
    } catch (IOException e) {
      throw ServiceError.serialization();
    }
  }

  private Answer batchWriteItem(byte[] body, int length, @Nullable Fault fault)
      throws ServiceError {
    BatchRequest request = BatchRequest.parse(body, length, state.store().reader());
    Taken taken = write(request, body, fault);
    books.request("BatchWriteItem", taken.unprocessed().isEmpty() ? "OK" : "PARTLY");
    return Answer.ok(
        batchAnswer(taken, body, Consumed.array(table, request.returnConsumed(), taken)));
  }

  private Answer putItem(byte[] body, int length, @Nullable Fault fault) throws ServiceError {
    BatchRequest request = BatchRequest.parse(body, length, state.store().reader());
    Taken taken = write(request, body, fault);
    books.request("PutItem", "OK");
    String consumed = Consumed.object(table, request.returnConsumed(), taken);
    return Answer.ok(
        ("{" + (consumed.isEmpty() ? "" : consumed.substring(1)) + "}").getBytes(UTF_8));
  }

  private Taken write(BatchRequest request, byte[] body, @Nullable Fault fault)
      throws ServiceError {
    List<Put> puts = request.puts();
    String problem = request.problem();
    if (problem != null) {
      books.refused(puts.size());
      throw ServiceError.validation(problem);
    }
    if (!table.name().equals(request.table())) {
      throw ServiceError.resourceNotFound();
    }
    Taken taken = state.write(puts, body, fault == Fault.UNPROCESSED ? dice.split() : null);
    if (taken.items() == 0) {
      books.throttled(puts.size());
      throw ServiceError.provisionedThroughputExceeded();
    }
    books.written(taken, fault == null || !fault.losesTheAnswer());
    return taken;
  }

  private byte[] batchAnswer(Taken taken, byte[] body, String consumed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(128);
    out.writeBytes("{\"UnprocessedItems\":{".getBytes(US_ASCII));
    char before = '[';
    for (Put put : taken.unprocessed()) {
      if (before == '[') {
        out.writeBytes(("\"" + table.name() + "\":").getBytes(UTF_8));
      }
      out.write(before);
      before = ',';
      out.writeBytes(PUT_START);
      out.write(body, put.start(), put.end() - put.start());
      out.writeBytes(PUT_END);
    }
    if (before == ',') {
      out.write(']');
    }
    out.write('}');
    out.writeBytes(consumed.getBytes(UTF_8));
    out.write('}');
    return out.toByteArray();
  }

  private byte[] describeTable(ObjectNode request) throws ServiceError {
    if (!request.path("TableName").asText().equals(table.name())) {
      throw ServiceError.resourceNotFound();
    }
    return Json.bytes(TableDescription.of(settings, state.store()));
  }
}
