/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.item.ItemSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What comes back, and what the table says of itself. */
class SimulatedReadsTest extends SimulatedEndpointTest {
  @Test
  void segmentsAndPagesGiveEveryItemOnce() {
    start(EndpointSettings.of(SimulatedTable.of("t", "id:S", "sort:N")));
    Set<Map<String, AttributeValue>> all = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Map<String, AttributeValue> item = new HashMap<>(item(i / 10));
      item.put("sort", AttributeValue.fromN("" + i));
      all.add(item);
      client.putItem(r -> r.tableName("t").item(item));
    }
    for (int total : new int[] {1, 3, 16}) {
      List<Map<String, AttributeValue>> found = new ArrayList<>();
      for (int segment = 0; segment < total; segment++) {
        found.addAll(scan(segment, total, 7));
      }
      assertEquals(200, found.size());
      assertEquals(all, new HashSet<>(found));
    }
  }

  @Test
  void pagesHoldAMegabyte() {
    start(SETTINGS);
    for (int i = 0; i < 6; i++) {
      int n = i;
      client.putItem(r -> r.tableName("t").item(item(n, 300_000)));
    }
    ScanResponse page =
        client.scan(
            r ->
                r.tableName("t")
                    .consistentRead(true)
                    .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    assertEquals(3, page.count());
    assertTrue(page.hasLastEvaluatedKey());
    double units = page.consumedCapacity().capacityUnits();
    assertEquals(Math.ceil(3 * (300_000 + 10) / 4096.0), units);
    assertEquals(6, scan(0, 1, 100).size());
    db.setReadCapacity(1);
    assertEquals(3, client.scan(r -> r.tableName("t")).count());
    assertThrows(
        ProvisionedThroughputExceededException.class, () -> client.scan(r -> r.tableName("t")));
    assertEquals(6 + 6, db.books().itemsRead());
  }

  @ParameterizedTest
  @CsvSource({"id:S,,1", "id:N,sort:S,1", "id:S,sort:B,9"})
  void readsGeneratedItems(String id, String sort, int attributes) {
    GeneratedItems generated = new GeneratedItems(5000, 500, attributes);
    SimulatedTable table =
        sort == null ? SimulatedTable.of("t", id) : SimulatedTable.of("t", id, sort);
    start(EndpointSettings.of(table).withGenerated(generated));
    List<Map<String, AttributeValue>> found = new ArrayList<>();
    for (int segment = 0; segment < 3; segment++) {
      found.addAll(scan(segment, 3, 900));
    }
    assertEquals(5000, found.size());
    for (int i = 0; i < found.size(); i++) {
      assertEquals(generated.item(i, table.keySchema()), found.get(i));
    }
    assertEquals(500, ItemSize.of(found.get(7)));
    Map<String, AttributeValue> key = generated.key(7, table.keySchema());
    assertEquals(found.get(7), client.getItem(r -> r.tableName("t").key(key)).item());
    assertEquals(5000, client.describeTable(r -> r.tableName("t")).table().itemCount());
  }

  @Test
  void describesItself() {
    start(
        EndpointSettings.of(
            SimulatedTable.of("t", "id:S", "sort:N")
                .withIndex("i", "other:B", 0)
                .withProvisioned(70, 30)
                .withWarm(4000, 12000)));
    TableDescription table = client.describeTable(r -> r.tableName("t")).table();
    assertEquals("ACTIVE", table.tableStatusAsString());
    assertEquals("[id HASH, sort RANGE]", keys(table));
    assertEquals(3, table.attributeDefinitions().size());
    assertEquals(BillingMode.PROVISIONED, table.billingModeSummary().billingMode());
    assertEquals(70, table.provisionedThroughput().writeCapacityUnits());
    assertEquals(30, table.provisionedThroughput().readCapacityUnits());
    assertEquals(4000, table.warmThroughput().writeUnitsPerSecond());
    assertEquals(
        70, table.globalSecondaryIndexes().get(0).provisionedThroughput().writeCapacityUnits());
  }

  private static String keys(TableDescription table) {
    return table.keySchema().stream()
        .map(key -> key.attributeName() + " " + key.keyTypeAsString())
        .toList()
        .toString();
  }

  @Test
  void describesATableOnDemand() {
    start(EndpointSettings.of(TABLE.withOnDemandMaximum(500, 600)));
    TableDescription table = client.describeTable(r -> r.tableName("t")).table();
    assertEquals(BillingMode.PAY_PER_REQUEST, table.billingModeSummary().billingMode());
    assertEquals(0, table.provisionedThroughput().writeCapacityUnits());
    assertEquals(500, table.onDemandThroughput().maxWriteRequestUnits());
  }
}
