/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.item.ItemSize;
import io.sluice.item.KeySchema;
import io.sluice.item.json.ItemJson;
import io.sluice.testing.Items;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class CountingItemReaderTest {
  private static final SimulatedTable TABLE = SimulatedTable.of("t", "id:S", "sort:N");
  private static final KeySchema SCHEMA = TABLE.keySchema();

  @Provide
  Arbitrary<Map<String, AttributeValue>> anyItems() {
    return Items.items(SCHEMA);
  }

  @Property(tries = 500)
  void countsWhatItemSizeCounts(@ForAll("anyItems") Map<String, AttributeValue> item)
      throws Exception {
    byte[] json = (" " + ItemJson.toJson(item) + ",").getBytes(UTF_8);
    JsonCursor at = new JsonCursor(json, 0, json.length);
    Put put = new CountingItemReader(TABLE, "poison!").read(at);
    assertEquals(ItemSize.of(item), put.size());
    assertEquals(1, put.start());
    assertEquals(json.length - 1, put.end());
    assertEquals(null, put.problem());
  }

  @Property(tries = 300)
  void bothReadersAgree(@ForAll("anyItems") Map<String, AttributeValue> item) throws Exception {
    byte[] json = ItemJson.toJson(item).getBytes(UTF_8);
    Put counted =
        new CountingItemReader(TABLE, "poison!").read(new JsonCursor(json, 0, json.length));
    Put exact = new ExactItemReader(TABLE, "poison!").read(new JsonCursor(json, 0, json.length));
    assertEquals(exact.size(), counted.size());
    assertEquals(exact.problem(), counted.problem());
    assertEquals(exact.end(), counted.end());
  }
}
