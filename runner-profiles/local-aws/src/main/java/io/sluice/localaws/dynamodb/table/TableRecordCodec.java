/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.schema.BillingMode;
import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.TableDefinition;
import io.sluice.localaws.dynamodb.schema.Throughput;
import io.sluice.localaws.dynamodb.value.ItemCodec;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Encodes tables as items, so that a later version may add attributes. */
final class TableRecordCodec {

  private TableRecordCodec() {}

  static byte[] encode(TableRecord table) {
    TableDefinition definition = table.definition();
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("name", text(definition.name()));
    item.put("region", text(table.region()));
    item.put("id", text(table.id().toString()));
    item.put("created", time(table.created()));
    item.put("attributes", attributes(definition.attributes()));
    putKey(item, definition.key());
    item.put("billing", text(definition.billing().name()));
    item.put("throughput", throughput(definition.throughput()));
    item.put(
        "indexes",
        new Value.L(definition.indexes().stream().map(TableRecordCodec::index).toList()));
    definition.stream().ifPresent(view -> item.put("stream", text(view.name())));
    definition.tableClass().ifPresent(name -> item.put("class", text(name)));
    item.put("protected", Value.Bool.of(definition.deletionProtection()));
    Map<String, Value> tags = new LinkedHashMap<>();
    definition.tags().forEach((key, value) -> tags.put(key, text(value)));
    item.put("tags", new Value.M(tags));
    table.timeToLive().attribute().ifPresent(name -> item.put("timeToLive", text(name)));
    table.paidPerRequest().ifPresent(time -> item.put("paidPerRequest", time(time)));
    table.streamed().ifPresent(time -> item.put("streamed", time(time)));
    return ItemCodec.encode(item);
  }

  static TableRecord decode(byte[] bytes) {
    Map<String, Value> item = ItemCodec.decode(bytes);
    Map<String, String> tags = new LinkedHashMap<>();
    ((Value.M) item.get("tags")).values().forEach((key, tag) -> tags.put(key, text(tag)));
    TableDefinition definition =
        new TableDefinition(
            text(item.get("name")),
            attributes(item.get("attributes")),
            key(item),
            BillingMode.valueOf(text(item.get("billing"))),
            throughput(item.get("throughput")),
            ((Value.L) item.get("indexes"))
                .values().stream().map(index -> index(((Value.M) index).values())).toList(),
            optional(item, "stream").map(TableDefinition.StreamView::valueOf),
            optional(item, "class"),
            item.get("protected").equals(Value.Bool.TRUE),
            tags);
    return new TableRecord(
        definition,
        text(item.get("region")),
        UUID.fromString(text(item.get("id"))),
        time(item.get("created")),
        new TimeToLive(optional(item, "timeToLive")),
        Optional.ofNullable(item.get("paidPerRequest")).map(TableRecordCodec::time),
        Optional.ofNullable(item.get("streamed")).map(TableRecordCodec::time));
  }

  private static Value index(IndexDefinition index) {
    Map<String, Value> item = new LinkedHashMap<>();
    item.put("name", text(index.name()));
    item.put("kind", text(index.kind().name()));
    putKey(item, index.key());
    item.put("projection", text(index.projection().name()));
    item.put(
        "projected", new Value.L(index.projected().stream().map(TableRecordCodec::text).toList()));
    item.put("throughput", throughput(index.throughput()));
    return new Value.M(item);
  }

  private static IndexDefinition index(Map<String, Value> item) {
    return new IndexDefinition(
        text(item.get("name")),
        IndexDefinition.Kind.valueOf(text(item.get("kind"))),
        key(item),
        IndexDefinition.Projection.valueOf(text(item.get("projection"))),
        ((Value.L) item.get("projected")).values().stream().map(TableRecordCodec::text).toList(),
        throughput(item.get("throughput")));
  }

  private static void putKey(Map<String, Value> item, KeySchema key) {
    item.put("hash", attributes(key.hash()));
    item.put("range", attributes(key.range()));
  }

  private static KeySchema key(Map<String, Value> item) {
    return new KeySchema(attributes(item.get("hash")), attributes(item.get("range")));
  }

  private static Value attributes(List<KeyAttribute> attributes) {
    return new Value.L(
        attributes.stream()
            .map(each -> (Value) new Value.L(List.of(text(each.name()), text(each.type().name()))))
            .toList());
  }

  private static List<KeyAttribute> attributes(Value list) {
    return ((Value.L) list)
        .values().stream()
            .map(each -> ((Value.L) each).values())
            .map(
                pair ->
                    new KeyAttribute(
                        text(pair.get(0)), KeyAttribute.Type.valueOf(text(pair.get(1)))))
            .toList();
  }

  private static Value throughput(Throughput throughput) {
    return new Value.L(
        List.of(
            number(throughput.read()),
            number(throughput.write()),
            number(throughput.maxRead()),
            number(throughput.maxWrite()),
            number(throughput.warmRead()),
            number(throughput.warmWrite())));
  }

  private static Throughput throughput(Value list) {
    List<Value> units = ((Value.L) list).values();
    return new Throughput(
        number(units.get(0)),
        number(units.get(1)),
        number(units.get(2)),
        number(units.get(3)),
        number(units.get(4)),
        number(units.get(5)));
  }

  private static Value text(String text) {
    return new Value.S(text);
  }

  private static String text(Value value) {
    return ((Value.S) value).text();
  }

  private static Optional<String> optional(Map<String, Value> item, String name) {
    return Optional.ofNullable(item.get(name)).map(TableRecordCodec::text);
  }

  private static Value number(long number) {
    return new Value.N(BigDecimal.valueOf(number));
  }

  private static long number(Value value) {
    return ((Value.N) value).number().longValueExact();
  }

  private static Value time(Instant time) {
    return new Value.L(List.of(number(time.getEpochSecond()), number(time.getNano())));
  }

  private static Instant time(Value value) {
    List<Value> parts = ((Value.L) value).values();
    return Instant.ofEpochSecond(number(parts.get(0)), number(parts.get(1)));
  }
}
