/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.capacity.Throttle;
import io.sluice.item.InvalidItemException;
import io.sluice.item.json.ItemJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Capacity;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * DynamoDB's response to a batch of puts and deletes.
 *
 * @param unprocessed the items, and the keys of deletes, that it left over
 * @param consumed units by lane of the {@link Throttle}, those of local indexes in the table's;
 *     empty when DynamoDB did not report them
 */
record PutResponse(List<Map<String, AttributeValue>> unprocessed, Map<String, Double> consumed) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Returns the units of the table and all its indexes. */
  double units() {
    return consumed.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  static PutResponse of(BatchWriteItemResponse response) {
    List<Map<String, AttributeValue>> unprocessed = new ArrayList<>();
    for (List<WriteRequest> writes : response.unprocessedItems().values()) {
      writes.forEach(write -> unprocessed.add(itemOrKey(write)));
    }
    Map<String, Double> units = new HashMap<>();
    for (ConsumedCapacity consumed : response.consumedCapacity()) {
      double table = consumed.table() == null ? orZero(consumed.capacityUnits()) : 0;
      table += unitsOf(consumed.table());
      for (Capacity local : consumed.localSecondaryIndexes().values()) {
        table += unitsOf(local);
      }
      units.merge(Throttle.TABLE, table, Double::sum);
      consumed
          .globalSecondaryIndexes()
          .forEach((index, used) -> units.merge(index, unitsOf(used), Double::sum));
    }
    return new PutResponse(unprocessed, units);
  }

  private static Map<String, AttributeValue> itemOrKey(WriteRequest write) {
    return write.putRequest() == null ? write.deleteRequest().key() : write.putRequest().item();
  }

  private static double unitsOf(@Nullable Capacity capacity) {
    return capacity == null ? 0 : orZero(capacity.capacityUnits());
  }

  private static double orZero(@Nullable Double units) {
    return units == null ? 0 : units;
  }

  /**
   * Parses the body of a response.
   *
   * @throws IOException when it is not one
   */
  static PutResponse parse(byte[] body) throws IOException {
    List<Map<String, AttributeValue>> unprocessed = new ArrayList<>();
    Map<String, Double> units = new HashMap<>();
    boolean told = false;
    try (JsonParser in = JSON.createParser(body)) {
      expect(in.nextToken(), JsonToken.START_OBJECT);
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        if (name.equals("UnprocessedItems")) {
          expect(value, JsonToken.START_OBJECT);
          told = true;
          readUnprocessed(in, unprocessed);
        } else if (name.equals("ConsumedCapacity") && value == JsonToken.START_ARRAY) {
          while (in.nextToken() == JsonToken.START_OBJECT) {
            readConsumed(in, units);
          }
        } else {
          in.skipChildren();
        }
      }
      expect(in.currentToken(), JsonToken.END_OBJECT);
    }
    if (!told) {
      // Then nobody knows what was written.
      throw new IOException("not a response of DynamoDB");
    }
    return new PutResponse(unprocessed, units);
  }

  private static void expect(@Nullable JsonToken found, JsonToken expected) throws IOException {
    if (found != expected) {
      throw new IOException("not a response of DynamoDB");
    }
  }

  /**
   * {@code {"table": [{"PutRequest": {"Item": {…}}}, {"DeleteRequest": {"Key": {…}}}, …]}}, at its
   * first token.
   */
  private static void readUnprocessed(JsonParser in, List<Map<String, AttributeValue>> unprocessed)
      throws IOException {
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      expect(in.nextToken(), JsonToken.START_ARRAY);
      while (in.nextToken() == JsonToken.START_OBJECT) {
        expect(in.nextToken(), JsonToken.FIELD_NAME);
        expect(in.nextToken(), JsonToken.START_OBJECT);
        expect(in.nextToken(), JsonToken.FIELD_NAME);
        expect(in.nextToken(), JsonToken.START_OBJECT);
        try {
          unprocessed.add(ItemJson.parse(in));
        } catch (InvalidItemException e) {
          throw new IOException("DynamoDB left something unprocessed that is not an item", e);
        }
        expect(in.nextToken(), JsonToken.END_OBJECT);
        expect(in.nextToken(), JsonToken.END_OBJECT);
      }
      expect(in.currentToken(), JsonToken.END_ARRAY);
    }
    expect(in.currentToken(), JsonToken.END_OBJECT);
  }

  /** Reads the capacity of one table, from its first token. */
  private static void readConsumed(JsonParser in, Map<String, Double> units) throws IOException {
    double all = 0;
    double table = -1;
    double local = 0;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (name.equals("CapacityUnits") && value.isNumeric()) {
        all = in.getDoubleValue();
      } else if (name.equals("Table") && value == JsonToken.START_OBJECT) {
        table = readUnits(in);
      } else if (name.equals("LocalSecondaryIndexes") && value == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          in.nextToken();
          local += readUnits(in);
        }
      } else if (name.equals("GlobalSecondaryIndexes") && value == JsonToken.START_OBJECT) {
        while (in.nextToken() == JsonToken.FIELD_NAME) {
          String index = in.currentName();
          in.nextToken();
          units.merge(index, readUnits(in), Double::sum);
        }
      } else {
        in.skipChildren();
      }
    }
    units.merge(Throttle.TABLE, table < 0 ? all : table + local, Double::sum);
  }

  private static double readUnits(JsonParser in) throws IOException {
    double units = 0;
    expect(in.currentToken(), JsonToken.START_OBJECT);
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken().isNumeric() && name.equals("CapacityUnits")) {
        units = in.getDoubleValue();
      } else {
        in.skipChildren();
      }
    }
    return units;
  }
}
