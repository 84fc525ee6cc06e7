/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.item.InvalidItemException;
import io.sluice.item.json.ItemJson;
import io.sluice.schema.SchemaRules;
import io.sluice.schema.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Restores items, with numbers in canonical form, from the records of a file with a marked schema.
 * Records that do not match the schema are refused.
 */
public final class RoundTripItems {
  /** The footer key under which parquet-avro keeps the schema. */
  private static final String PARQUET_KEY = "parquet.avro.schema";

  private final RoundTripRecord record;
  private final @Nullable String nullsField;
  private final @Nullable String moreField;

  private RoundTripItems(TableSchema schema) {
    this.record = new RoundTripValues().record(schema.avro());
    this.nullsField = field(schema, TableSchema.NULLS);
    this.moreField = field(schema, TableSchema.MORE);
  }

  private static @Nullable String field(TableSchema schema, String role) {
    return schema.columns().stream()
        .map(TableSchema.Column::field)
        .filter(field -> role.equals(field.getProp(TableSchema.ROLE)))
        .map(Schema.Field::name)
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns the converter for an Avro file's schema; null when it is not marked.
   *
   * @throws IOException when its properties contradict each other, or are of another version
   */
  public static @Nullable RoundTripItems of(Schema schema) throws IOException {
    if (schema.getType() != Schema.Type.RECORD || !TableSchema.of(schema).isMarked()) {
      return null;
    }
    try {
      return new RoundTripItems(SchemaRules.mark(TableSchema.of(schema)));
    } catch (IllegalArgumentException e) {
      throw new IOException("its schema says that it was exported, but " + e.getMessage(), e);
    }
  }

  /**
   * Returns the converter for a Parquet file's footer; null when it has no marked schema.
   *
   * @throws IOException as {@link #of}, and when the schema is damaged
   */
  public static @Nullable RoundTripItems ofParquet(Map<String, String> footer) throws IOException {
    String json = footer.get(PARQUET_KEY);
    // In files from other writers this key may hold anything.
    if (json == null || !json.contains(TableSchema.VERSION)) {
      return null;
    }
    Schema schema;
    try {
      schema = new Schema.Parser().setValidate(false).setValidateDefaults(false).parse(json);
    } catch (RuntimeException e) {
      throw new IOException("the schema in its footer is damaged", e);
    }
    return of(schema);
  }

  /**
   * Converts a record to the item from which it was written.
   *
   * @throws InvalidItemException MALFORMED when the record does not match the schema; otherwise
   *     with the reason why a value is refused
   */
  public Map<String, AttributeValue> item(@Nullable Object foreign) throws InvalidItemException {
    RoundTripCursor walk = new RoundTripCursor();
    if (!(foreign instanceof Map<?, ?> fields)) {
      throw RoundTripValue.unexpected(foreign, walk);
    }
    Object nulls = nullsField == null ? null : fields.get(nullsField);
    Object more = moreField == null ? null : fields.get(moreField);
    walk.list(nulls);
    int others = (nulls == null ? 0 : 1) + (more == null ? 0 : 1);
    Map<String, AttributeValue> item = record.attributes(fields, others, walk);
    walk.checkNulls();
    if (more != null) {
      addMore(item, more, walk);
    }
    return item;
  }

  /**
   * Returns what drafts the items of a file: records that list NULLs, and those with further
   * attributes, are parsed.
   */
  public DraftedColumns drafted(List<? extends ColumnCell> cells) {
    Map<String, ColumnCell> byName = new HashMap<>();
    cells.forEach(cell -> byName.put(cell.name(), cell));
    return new DraftedColumns(record.drafted(byName), cells);
  }

  private static void addMore(Map<String, AttributeValue> item, Object more, RoundTripCursor walk)
      throws InvalidItemException {
    if (!(more instanceof String json)) {
      throw RoundTripValue.unexpected(more, walk);
    }
    Map<String, AttributeValue> attributes;
    try {
      attributes = ItemJson.parseAttributes(json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidItemException e) {
      throw walk.invalid("the column of further attributes is no DynamoDB JSON: " + e.getMessage());
    }
    for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
      if (item.put(attribute.getKey(), attribute.getValue()) != null) {
        throw walk.at(
            attribute.getKey(),
            () -> walk.invalid("in a column of its own and in that of further attributes"));
      }
    }
  }
}
