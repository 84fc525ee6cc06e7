/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A request to write a batch, or a single item.
 *
 * @param table the table it names; null when it names none
 * @param puts its items
 * @param returnConsumed NONE, TOTAL or INDEXES
 */
record BatchRequest(@Nullable String table, List<Put> puts, String returnConsumed) {
  private static final byte[] REQUEST_ITEMS = "RequestItems".getBytes(US_ASCII);
  private static final byte[] RETURN_CONSUMED = "ReturnConsumedCapacity".getBytes(US_ASCII);
  private static final byte[] RETURN_METRICS = "ReturnItemCollectionMetrics".getBytes(US_ASCII);
  private static final byte[] PUT_REQUEST = "PutRequest".getBytes(US_ASCII);
  private static final byte[] ITEM = "Item".getBytes(US_ASCII);
  private static final byte[] TABLE_NAME = "TableName".getBytes(US_ASCII);

  /** Reads a BatchWriteItem, or a PutItem as a batch of one. */
  static BatchRequest parse(byte[] json, int length, ItemReader reader) throws ServiceError {
    JsonCursor at = new JsonCursor(json, 0, length);
    String table = null;
    String returnConsumed = "NONE";
    List<Put> puts = new ArrayList<>(25);
    at.expect('{');
    for (boolean more = at.first('}'); more; more = at.next('}')) {
      at.name();
      if (at.stringIs(REQUEST_ITEMS)) {
        table = readTables(at, reader, puts);
      } else if (at.stringIs(TABLE_NAME)) {
        at.string();
        table = at.rawString();
      } else if (at.stringIs(ITEM)) {
        puts.add(reader.read(at));
      } else if (at.stringIs(RETURN_CONSUMED)) {
        at.string();
        returnConsumed = at.rawString();
      } else if (at.stringIs(RETURN_METRICS)) {
        at.skipValue();
      } else {
        throw notSimulated(at.rawString());
      }
    }
    return new BatchRequest(table, puts, returnConsumed);
  }

  private static @Nullable String readTables(JsonCursor at, ItemReader reader, List<Put> puts)
      throws ServiceError {
    String table = null;
    at.expect('{');
    for (boolean more = at.first('}'); more; more = at.next('}')) {
      at.name();
      if (table != null) {
        throw notSimulated("more than one table");
      }
      table = at.rawString();
      at.expect('[');
      for (boolean entry = at.first(']'); entry; entry = at.next(']')) {
        open(at, PUT_REQUEST);
        open(at, ITEM);
        puts.add(reader.read(at));
        at.expect('}');
        at.expect('}');
      }
    }
    return table;
  }

  private static void open(JsonCursor at, byte[] name) throws ServiceError {
    at.expect('{');
    at.name();
    if (!at.stringIs(name)) {
      throw notSimulated(at.rawString());
    }
  }

  /** Better refused than ignored: a test would believe that it was done. */
  static ServiceError notSimulated(String what) {
    return ServiceError.validation("Not simulated: " + what);
  }

  /** Why the service refuses the whole request; null when it does not. */
  @Nullable String problem() {
    if (puts.isEmpty() || puts.size() > 25) {
      return "1 validation error detected: Value at 'requestItems' failed to satisfy constraint: Map"
          + " value must satisfy constraint: [Member must have length less than or equal to 25,"
          + " Member must have length greater than or equal to 1]";
    }
    for (int i = 0; i < puts.size(); i++) {
      Put put = puts.get(i);
      if (put.problem() != null) {
        return put.problem();
      }
      for (int j = 0; j < i; j++) {
        if (put.hasKeyOf(puts.get(j))) {
          return "Provided list of item keys contains duplicates";
        }
      }
    }
    return null;
  }
}
