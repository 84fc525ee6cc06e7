/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** Items with a partition key id, the same in all, and a number nr as their sort key. */
final class NumberedItems {
  static final Value HASH = new Value.S("p");

  private NumberedItems() {}

  static List<Integer> numbers(Iterator<StoredItem> items) {
    List<Integer> numbers = new ArrayList<>();
    items.forEachRemaining(
        item -> numbers.add(((Value.N) item.item().get("nr")).number().intValueExact()));
    return numbers;
  }

  static String message(Executable action) {
    return assertThrows(DynamoDbException.class, action).getMessage();
  }

  static Map<String, Value> key(int number) {
    return item(number);
  }

  static Map<String, Value> item(int number, String... texts) {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("id", HASH);
    item.put("nr", number(number));
    for (int i = 0; i < texts.length; i += 2) {
      item.put(texts[i], new Value.S(texts[i + 1]));
    }
    return item;
  }

  static Value.N number(int number) {
    return new Value.N(BigDecimal.valueOf(number));
  }

  static IndexDefinition index(
      String name,
      List<KeyAttribute> hash,
      List<KeyAttribute> range,
      IndexDefinition.Projection projection) {
    return new IndexDefinition(
        name,
        IndexDefinition.Kind.GLOBAL,
        new KeySchema(hash, range),
        projection,
        projection == IndexDefinition.Projection.INCLUDE ? List.of("z") : List.of(),
        Throughput.ON_DEMAND);
  }
}
