/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sluice.capacity.Index;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.IndexDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The members of a table's definition in a manifest, in their order. Those that a table does not
 * have are left out.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record TableDefinitionJson(
    List<KeyJson> keySchema,
    BillingJson billing,
    @Nullable List<IndexJson> indexes,
    @Nullable String stream,
    @Nullable String tableClass,
    @Nullable String timeToLive,
    @Nullable TreeMap<String, String> tags,
    @Nullable List<TableDefinition.Part> notRecorded) {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .build();

  /** The names of the two billing modes. */
  enum Mode {
    ON_DEMAND,
    PROVISIONED
  }

  /** Units a second: those provisioned, or the most of on-demand ones. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record BillingJson(Mode mode, @Nullable Long readUnits, @Nullable Long writeUnits) {
    static BillingJson of(Billing billing) {
      Billing.Provisioned provisioned = billing.provisioned();
      if (provisioned != null) {
        return new BillingJson(Mode.PROVISIONED, provisioned.readUnits(), provisioned.writeUnits());
      }
      Billing.Maximum maximum = billing.maximum();
      return maximum == null
          ? new BillingJson(Mode.ON_DEMAND, null, null)
          : new BillingJson(Mode.ON_DEMAND, maximum.readUnits(), maximum.writeUnits());
    }

    Billing toBilling() {
      if (given(mode, "billing.mode") == Mode.PROVISIONED) {
        return new Billing(
            new Billing.Provisioned(
                given(readUnits, "billing.readUnits"), given(writeUnits, "billing.writeUnits")));
      }
      return readUnits == null && writeUnits == null
          ? Billing.ON_DEMAND
          : new Billing(null, new Billing.Maximum(readUnits, writeUnits));
    }
  }

  /** A secondary index; a local one has no billing. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record IndexJson(
      String name,
      List<KeyJson> partitionKey,
      @Nullable List<KeyJson> sortKey,
      Index.Projection projection,
      @Nullable List<String> included,
      @Nullable BillingJson billing) {
    static IndexJson of(IndexDefinition index) {
      return new IndexJson(
          index.name(),
          keys(index.partitionKey()),
          keys(index.sortKey()),
          index.projection(),
          index.included(),
          index.billing() == null ? null : BillingJson.of(index.billing()));
    }

    IndexDefinition toIndex() {
      return new IndexDefinition(
          given(name, "name of an index"),
          attributes(given(partitionKey, "partitionKey of an index")),
          attributes(orEmpty(sortKey)),
          given(projection, "projection of an index"),
          orEmpty(included),
          billing == null ? null : billing.toBilling());
    }
  }

  /** Writes a definition; null as the JSON of that name. */
  static JsonNode write(@Nullable TableDefinition definition) {
    if (definition == null) {
      return NullNode.getInstance();
    }
    return JSON.valueToTree(
        new TableDefinitionJson(
            keys(definition.keySchema().attributes()),
            BillingJson.of(definition.billing()),
            definition.indexes().stream().map(IndexJson::of).toList(),
            definition.stream(),
            definition.tableClass(),
            definition.timeToLive(),
            new TreeMap<>(definition.tags()),
            List.copyOf(definition.notRecorded())));
  }

  /**
   * Reads a definition.
   *
   * @throws IllegalArgumentException when it is none, naming the member
   */
  static @Nullable TableDefinition read(JsonNode json) {
    if (json.isNull()) {
      return null;
    }
    try {
      return JSON.treeToValue(json, TableDefinitionJson.class).toDefinition();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("tableDefinition: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tableDefinition: " + e.getMessage(), e);
    }
  }

  private TableDefinition toDefinition() {
    List<KeyAttribute> key = attributes(given(keySchema, "keySchema"));
    if (key.isEmpty() || key.size() > 2) {
      throw new IllegalArgumentException("keySchema has " + key.size() + " attributes");
    }
    Map<String, String> allTags = tags == null ? Map.of() : tags;
    allTags.forEach((name, value) -> given(value, "value of a tag"));
    return new TableDefinition(
        new KeySchema(key.get(0), key.size() == 1 ? null : key.get(1)),
        orEmpty(indexes).stream().map(index -> given(index, "index").toIndex()).toList(),
        given(billing, "billing").toBilling(),
        stream,
        tableClass,
        timeToLive,
        allTags,
        new TreeSet<>(orEmpty(notRecorded)));
  }

  private static List<KeyJson> keys(List<KeyAttribute> attributes) {
    return attributes.stream().map(key -> new KeyJson(key.name(), key.type())).toList();
  }

  private static List<KeyAttribute> attributes(List<KeyJson> keys) {
    return keys.stream()
        .map(key -> given(key, "key"))
        .map(
            key ->
                new KeyAttribute(
                    given(key.name(), "name of a key"), given(key.type(), "type of a key")))
        .toList();
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    if (list != null && list.contains(null)) {
      throw new IllegalArgumentException("a list must not have null");
    }
    return list == null ? List.of() : list;
  }

  private static <T> T given(@Nullable T value, String name) {
    if (value == null) {
      throw new IllegalArgumentException("it has no " + name);
    }
    return value;
  }
}
