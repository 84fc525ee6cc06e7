/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import io.sluice.item.SourcedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The accumulator is bounded, and still covers every item. */
class InferredSchemaBoundsTest {
  /** The bound of 1 MiB, for names of up to 3 bytes a char, plus what one item adds. */
  private static final int MAX_BYTES = 2 << 20;

  private static AttributeValue n(int number) {
    return AttributeValue.fromN(String.valueOf(number));
  }

  private static SourcedItem item(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new TreeMap<>(attributes);
    item.put("pk", AttributeValue.fromS("x"));
    return SourcedItem.withoutOrigin(item);
  }

  private static AttributeValue map(int names) {
    return AttributeValue.fromM(
        IntStream.range(0, names).boxed().collect(Collectors.toMap(i -> "n" + i, i -> n(i))));
  }

  private static Schema type(InferredSchema schema, String attribute) {
    return schema.toSchema("t").columns().stream()
        .filter(column -> attribute.equals(column.attribute()))
        .map(column -> TableSchema.withoutNull(column.field().schema()))
        .findFirst()
        .orElseThrow();
  }

  private static int bytes(InferredSchema schema) throws CoderException {
    return CoderUtils.encodeToByteArray(InferredSchemaCoder.of(), schema).length;
  }

  private static void assertHolds(InferredSchema schema, List<SourcedItem> items) {
    ItemRecords records = ItemRecords.of(schema.toSchema("t"));
    items.forEach(records::record);
  }

  @Test
  void oneItemInAHundredThousand() {
    InferredSchema schema = InferredSchema.of(Inferring.KEY);
    SourcedItem common = item(Map.of("a", n(1)));
    for (int i = 0; i < 100_000; i++) {
      schema.add(i == 70_707 ? item(Map.of("a", n(1), "rare", n(7))) : common);
    }
    assertThat(schema.items(), is(100_000L));
    assertThat(type(schema, "rare").getType(), is(Schema.Type.LONG));
  }

  @Test
  void manyNamesAreAMap() {
    InferredSchema within = InferredSchema.of(Inferring.KEY);
    within.add(item(Map.of("m", map(200))));
    assertThat(type(within, "m").getType(), is(Schema.Type.RECORD));

    InferredSchema beyond = InferredSchema.of(Inferring.KEY);
    beyond.add(item(Map.of("m", map(201))));
    assertThat(type(beyond, "m").toString(), is("{\"type\":\"map\",\"values\":\"long\"}"));
    assertThat(beyond.notes(), is(List.of(SchemaNote.of(SchemaNote.Kind.MANY_NAMES, "m"))));

    within.add(item(Map.of("m", AttributeValue.fromM(Map.of("other", n(1))))));
    assertThat(type(within, "m").getType(), is(Schema.Type.MAP));
  }

  @Test
  void manyAttributesAreOneColumn() {
    InferredSchema schema = InferredSchema.of(Inferring.KEY);
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      items.add(item(Map.of("a" + i, n(i))));
    }
    items.subList(0, 1_999).forEach(schema::add);
    assertThat(schema.toSchema("t").columns().size(), is(2_000));
    schema.add(items.get(1_999));
    assertThat(
        schema.toSchema("t").toJson().replace('"', '\''),
        is(
            "{'type':'record','name':'t','fields':[{'name':'pk','type':'string'},"
                + "{'name':'dynamodb_more','type':['null','string'],'default':null,"
                + "'dynamodb.role':'MORE'}],'dynamodb.version':1}"));
    assertThat(schema.notes(), is(List.of(SchemaNote.of(SchemaNote.Kind.MANY_ATTRIBUTES, ""))));
    assertHolds(schema, items);
    ItemRecords records = ItemRecords.of(schema.toSchema("t"));
    assertThat(
        records.record(items.get(5)).get("dynamodb_more").toString(), is("{\"a5\":{\"N\":\"5\"}}"));
    assertThat(records.record(item(Map.of())).get("dynamodb_more"), is(nullValue()));
  }

  @Test
  void deepValuesAreJson() {
    AttributeValue value = n(1);
    for (int i = 0; i < 30; i++) {
      value =
          i % 2 == 0
              ? AttributeValue.fromL(List.of(value))
              : AttributeValue.fromM(Map.of("m", value));
    }
    InferredSchema schema = InferredSchema.of(Inferring.KEY);
    SourcedItem item = item(Map.of("a", value));
    schema.add(item);
    Schema type = type(schema, "a");
    int levels = 1;
    while (type.getType() != Schema.Type.STRING) {
      type =
          type.getType() == Schema.Type.ARRAY ? type.getElementType() : type.getField("m").schema();
      levels++;
    }
    assertThat(levels, is(12));
    assertThat(type.getProp(TableSchema.TYPE), is("JSON"));
    assertThat(
        schema.notes(),
        is(List.of(SchemaNote.of(SchemaNote.Kind.NOT_FOLLOWED, "a.m[].m[].m[].m[].m[].m"))));
    assertHolds(schema, List.of(item));
  }

  /** Names are random, at every level; types are not, or nothing would be followed. */
  private static AttributeValue hostile(Random random, int levels, int width) {
    if (levels == 0) {
      return n(random.nextInt());
    }
    Map<String, AttributeValue> map = new TreeMap<>();
    for (int i = 0; i < width; i++) {
      map.put("name" + random.nextInt(150), hostile(random, levels - 1, width));
    }
    return levels == 3
        ? AttributeValue.fromL(List.copyOf(map.values()))
        : AttributeValue.fromM(map);
  }

  @Test
  void whateverIsInTheItemsItIsBounded() throws CoderException {
    Random random = new Random(7);
    InferredSchema one = InferredSchema.of(Inferring.KEY);
    InferredSchema other = InferredSchema.of(Inferring.KEY);
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      SourcedItem item =
          item(
              Map.of(
                  "same",
                  n(i),
                  "wild" + i % 20,
                  hostile(random, 2 + i % 5, 3),
                  "tame",
                  AttributeValue.fromM(Map.of("x", n(i)))));
      items.add(item);
      (i % 3 == 0 ? one : other).add(item);
      assertThat(one.weight() + other.weight(), is(lessThan(2L << 20)));
    }
    assertThat(bytes(one) + bytes(other), is(lessThan(MAX_BYTES)));
    // The bound was reached.
    assertThat(one.weight() + other.weight(), is(greaterThan(1L << 20)));
    InferredSchema ab = InferredSchema.of(Inferring.KEY);
    ab.merge(one);
    ab.merge(other);
    InferredSchema ba = InferredSchema.of(Inferring.KEY);
    ba.merge(other);
    ba.merge(one);
    assertThat(ab.weight(), is(lessThan(1L << 20)));
    assertHolds(ab, items);
    assertHolds(ba, items);
    // No place has over 200 names, so it was because of the weight that something was given up.
    assertThat(ab.notes().isEmpty(), is(false));
    // Modest attributes keep their columns.
    assertThat(type(ab, "tame").getType(), is(Schema.Type.RECORD));
    assertThat(CoderUtils.clone(InferredSchemaCoder.of(), ab).weight(), is(ab.weight()));
  }

  @Test
  void longNamesAreBounded() throws CoderException {
    InferredSchema schema = InferredSchema.of(Inferring.KEY);
    List<SourcedItem> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      items.add(item(Map.of(i + "\u4e00".repeat(20_000), n(i))));
      schema.add(items.get(i));
      assertThat(bytes(schema), is(lessThan(MAX_BYTES)));
    }
    assertThat(schema.hasMore(), is(true));
    assertHolds(schema, items);
  }

  @Test
  void theWeightIsThatOfWhatIsThere() {
    Random random = new Random(3);
    InferredSchema schema = InferredSchema.of(Inferring.KEY);
    for (int i = 0; i < 50; i++) {
      AttributeValue value = random.nextInt(30) == 0 ? n(1) : hostile(random, 4, 2);
      schema.add(item(Map.of("w" + random.nextInt(4), value)));
      assertThat(schema.weight(), is(schema.attributes().weight()));
    }
    assertThat(schema.weight(), is(greaterThan(1_000L)));
  }
}
