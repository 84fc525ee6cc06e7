/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.Bytes;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ItemRulesTest {

  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String NOT_VALID = "One or more parameter values are not valid. ";
  private static final String MISMATCH = "The provided key element does not match the schema";

  private static final KeySchema KEY =
      new KeySchema(
          List.of(new KeyAttribute("a", KeyAttribute.Type.S)),
          List.of(new KeyAttribute("b", KeyAttribute.Type.B)));

  private static final Value.S TEXT = new Value.S("t");
  private static final Value.B BYTES = new Value.B(Bytes.of((byte) 1));
  private static final Value.N NUMBER = new Value.N(BigDecimal.ONE);

  private final ItemRules rules = new ItemRules(KEY, List.of(index("two"), index("one")));

  @Test
  void takesGoodKeysAndItems() {
    rules.checkKey(Map.of("a", TEXT, "b", BYTES));
    rules.checkPut(Map.of("a", TEXT, "b", BYTES));
    rules.checkPut(Map.of("a", TEXT, "b", BYTES, "c", TEXT, "d", TEXT, "e", NUMBER));
    rules.checkPut(
        Map.of("a", text(2048), "b", new Value.B(Bytes.of(new byte[1024])), "c", text(2048)));
    rules.checkUpdated(Map.of("a", TEXT, "b", BYTES, "c", TEXT), 1);
  }

  @Test
  void checksKeys() {
    for (Map<String, Value> key :
        List.<Map<String, Value>>of(
            Map.of(),
            Map.of("a", TEXT),
            Map.of("a", TEXT, "c", BYTES),
            Map.of("a", TEXT, "b", TEXT),
            Map.of("a", TEXT, "b", BYTES, "c", TEXT))) {
      assertThat(error(() -> rules.checkKey(key)), is(MISMATCH));
    }
    assertThat(
        error(() -> rules.checkKey(Map.of("a", new Value.S(""), "b", BYTES))),
        is(
            NOT_VALID
                + "The AttributeValue for a key attribute cannot contain an empty string value. "
                + "Key: a"));
    assertThat(
        error(() -> rules.checkKey(Map.of("a", TEXT, "b", new Value.B(Bytes.of())))),
        is(
            NOT_VALID
                + "The AttributeValue for a key attribute cannot contain an empty binary value. "
                + "Key: b"));
    assertThat(
        error(() -> rules.checkKey(Map.of("a", text(2049), "b", BYTES))),
        is(INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes"));
    assertThat(
        error(() -> rules.checkKey(Map.of("a", TEXT, "b", new Value.B(Bytes.of(new byte[1025]))))),
        is(
            INVALID
                + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"));
  }

  @Test
  void checksTheKeyOfAnItem() {
    assertThat(
        error(() -> rules.checkPut(Map.of("b", BYTES))),
        is(INVALID + "Missing the key a in the item"));
    assertThat(
        error(() -> rules.checkPut(Map.of("a", NUMBER))),
        is(INVALID + "Type mismatch for key a expected: S actual: N"));
    assertThat(
        error(() -> rules.checkPut(Map.of("a", TEXT))),
        is(INVALID + "Missing the key b in the item"));
    assertThat(
        error(() -> rules.checkPut(Map.of("a", new Value.S(""), "b", BYTES))),
        is(
            NOT_VALID
                + "The AttributeValue for a key attribute cannot contain an empty string value. "
                + "Key: a"));
  }

  @Test
  void checksTheKeysOfIndexesInTheOrderOfTheirNames() {
    assertThat(
        error(() -> rules.checkPut(item("c", NUMBER))),
        is(INVALID + "Type mismatch for Index Key c Expected: S Actual: N IndexName: one"));
    assertThat(
        error(() -> rules.checkPut(item("c", new Value.S("")))),
        is(
            NOT_VALID
                + "A value specified for a secondary index key is not supported. The "
                + "AttributeValue for a key attribute cannot contain an empty string value. "
                + "IndexName: one, IndexKey: c"));
    assertThat(
        error(() -> rules.checkPut(item("c", text(2049)))),
        is(INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes"));
    Map<String, Value> longItem = item("d", text(600));
    longItem.put("e", new Value.S("x".repeat(500)));
    assertThat(
        error(() -> rules.checkPut(longItem)),
        is(INVALID + "Type mismatch for Index Key e Expected: N Actual: S IndexName: one"));
    assertThat(
        error(() -> rules.checkPut(item("d", text(1025)))),
        is(
            INVALID
                + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes"));
  }

  @Test
  void checksUpdates() {
    assertThat(
        error(() -> rules.checkUpdated(item("c", NUMBER), 1)),
        is(INVALID + "Type mismatch for Index Key c Expected: S Actual: N IndexName: one"));
    assertThat(
        error(() -> rules.checkUpdated(item("c", new Value.S("")), 1)),
        is(
            NOT_VALID
                + "The update expression attempted to update a secondary index key to a value that "
                + "is not supported. The AttributeValue for a key attribute cannot contain an "
                + "empty string value."));
  }

  @Test
  void checksTheSizeOfAnItem() {
    ItemRules.checkSize(Sizes.MAX_ITEM);
    rules.checkUpdated(item("x", TEXT), Sizes.MAX_ITEM);

    assertThat(
        error(() -> ItemRules.checkSize(Sizes.MAX_ITEM + 1)),
        is("Item size has exceeded the maximum allowed size"));
    assertThat(
        error(() -> rules.checkUpdated(item("x", TEXT), Sizes.MAX_ITEM + 1)),
        is("Item size to update has exceeded the maximum allowed size"));
  }

  private static Map<String, Value> item(String name, Value value) {
    Map<String, Value> item = new HashMap<>(Map.of("a", TEXT, "b", BYTES));
    item.put(name, value);
    return item;
  }

  private static Value.S text(int length) {
    return new Value.S("x".repeat(length));
  }

  private static IndexDefinition index(String name) {
    return new IndexDefinition(
        name,
        IndexDefinition.Kind.GLOBAL,
        new KeySchema(
            List.of(new KeyAttribute("c", KeyAttribute.Type.S)),
            List.of(
                new KeyAttribute("d", KeyAttribute.Type.S),
                new KeyAttribute("e", KeyAttribute.Type.N))),
        IndexDefinition.Projection.ALL,
        List.of(),
        Throughput.ON_DEMAND);
  }

  private static String error(Executable action) {
    DynamoDbException error = assertThrows(DynamoDbException.class, action);
    assertThat(error.type(), is("ValidationException"));
    return error.getMessage();
  }
}
