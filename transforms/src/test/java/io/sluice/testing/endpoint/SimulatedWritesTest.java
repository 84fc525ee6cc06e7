/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testing.Items;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** What is taken of what is written, and refused. */
class SimulatedWritesTest extends SimulatedEndpointTest {
  @Test
  void keepsWhatItTakes() {
    start(SETTINGS);
    List<Map<String, AttributeValue>> items =
        Items.items(TABLE.keySchema())
            .list()
            .ofSize(25)
            .uniqueElements(item -> item.get("id"))
            .sample();
    assertTrue(write(items).unprocessedItems().isEmpty());
    assertEquals(sorted(items), sorted(db.items()));
    assertEquals(sorted(items), sorted(scan(0, 1, 7)));
    for (Map<String, AttributeValue> item : items) {
      Map<String, AttributeValue> key = Map.of("id", item.get("id"));
      GetItemResponse got = client.getItem(r -> r.tableName("t").key(key).consistentRead(true));
      assertEquals(Items.sorted(item), Items.sorted(got.item()));
    }
    assertFalse(
        client
            .getItem(r -> r.tableName("t").key(Map.of("id", AttributeValue.fromS("no such id"))))
            .hasItem());
  }

  @Test
  void booksAreExact() {
    start(SETTINGS);
    write(items(0, 25));
    seconds(1);
    write(items(20, 30));
    client.putItem(r -> r.tableName("t").item(item(1, 2000)));
    Books books = db.books();
    assertEquals(2, books.requests("BatchWriteItem", "OK"));
    assertEquals(1, books.requests("PutItem"));
    assertEquals(36, books.itemsAccepted());
    assertEquals(30, books.itemsStored());
    assertEquals(37, books.writeUnits());
    assertEquals(List.of(25.0, 12.0), books.writeUnitsPerSecond());
    assertEquals(1, books.requestsAtOnce());
    assertEquals(0, books.requestsNow());
    assertEquals(1, books.connections());
    db.reset();
    assertEquals(0, db.books().itemsStored());
    assertEquals(0, db.books().requests("BatchWriteItem"));
  }

  @Test
  void consumedCapacityIsAsAskedFor() {
    start(EndpointSettings.of(TABLE.withIndex("i", "data:S", 0).withIndex("j", "other:S", 3)));
    List<Map<String, AttributeValue>> items = List.of(item(1), item(2, 1500));
    assertFalse(write(items, ReturnConsumedCapacity.NONE).hasConsumedCapacity());
    assertEquals(
        6.0, write(items, ReturnConsumedCapacity.TOTAL).consumedCapacity().get(0).capacityUnits());
    var consumed = write(items).consumedCapacity().get(0);
    assertEquals("t", consumed.tableName());
    assertEquals(6.0, consumed.capacityUnits());
    assertEquals(3.0, consumed.table().capacityUnits());
    // No item is in the other one.
    assertEquals(Set.of("i"), consumed.globalSecondaryIndexes().keySet());
    assertEquals(3.0, consumed.globalSecondaryIndexes().get("i").capacityUnits());
    assertEquals(Map.of("i", 9.0, "j", 0.0), db.books().indexUnits());
    assertEquals(9, db.books().writeUnits());
  }

  @Test
  void replacingCostsByTheLarger() {
    start(SETTINGS);
    write(List.of(item(1, 3000)));
    assertEquals(3.0, write(List.of(item(1))).consumedCapacity().get(0).capacityUnits());
    assertEquals(1.0, write(List.of(item(1))).consumedCapacity().get(0).capacityUnits());
  }

  @ParameterizedTest
  @EnumSource(Storage.class)
  void refusesTheWholeRequest(Storage storage) {
    start(SETTINGS.withStorage(storage));
    AttributeValue s = AttributeValue.fromS("s");
    AttributeValue n = AttributeValue.fromN("1");
    refused("contains duplicates", List.of(item(1), item(2), item(1)));
    refused("less than or equal to 25", items(0, 26));
    refused("Missing the key id in the item", List.of(item(1), Map.of("data", s)));
    refused("key id expected: S actual: N", List.of(item(1), Map.of("id", n)));
    refused("empty value. Key: id", List.of(Map.of("id", AttributeValue.fromS(""))));
    refused("maximum allowed size", List.of(item(1), item(2, 409_600)));
    refused("poisoned", List.of(item(1), Map.of("id", s, "poison", n)));
    Books books = db.books();
    assertEquals(0, books.itemsAccepted());
    assertEquals(38, books.itemsRefused());
    assertEquals(7, books.requests("BatchWriteItem", "ValidationException"));
  }

  private void refused(String message, List<Map<String, AttributeValue>> items) {
    DynamoDbException e = assertThrows(DynamoDbException.class, () -> write(items));
    assertEquals("ValidationException", e.awsErrorDetails().errorCode());
    assertEquals(400, e.statusCode());
    assertThat(e.getMessage(), containsString(message));
  }

  @Test
  void takesTheLargestItem() {
    start(SETTINGS.withStorage(Storage.COUNT));
    Map<String, AttributeValue> item = item(1, 409_600 - 10);
    assertEquals(400.0, write(List.of(item)).consumedCapacity().get(0).capacityUnits());
  }

  @Test
  void countsDistinctItems() {
    start(SETTINGS.withStorage(Storage.DISTINCT));
    for (int i = 0; i < 400; i++) {
      write(items(i * 20, i * 20 + 25));
    }
    assertEquals(10_000, db.books().itemsAccepted());
    assertEquals(8_005, db.books().itemsStored());
  }
}
