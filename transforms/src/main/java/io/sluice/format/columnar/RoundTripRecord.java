/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.format.columnar.ColumnCell.Form;
import io.sluice.format.columnar.ColumnCell.Spelling;
import io.sluice.item.InvalidItemException;
import io.sluice.schema.TableSchema;
import io.sluice.schema.TableSchema.Absence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Restores the attributes of a record with a marked schema. */
final class RoundTripRecord implements RoundTripValue {
  private final List<Column> columns = new ArrayList<>();

  /**
   * Describes how a field is read.
   *
   * @param name of its column in Parquet
   * @param otherName its name in Avro, and in files that parquet-avro rewrote; null when it is the
   *     same
   */
  private record Column(
      String name,
      @Nullable String otherName,
      String attribute,
      Absence absence,
      Form form,
      RoundTripValue value) {

    static Column of(
        TableSchema.Column column, String attribute, Function<Schema, RoundTripValue> values) {
      Schema.Field field = column.field();
      String name = TableSchema.parquetColumn(field);
      return new Column(
          name,
          name.equals(field.name()) ? null : field.name(),
          attribute,
          column.absence(),
          RoundTripValue.form(field.schema()),
          values.apply(field.schema()));
    }

    <T> @Nullable T in(Map<?, T> fields) {
      T foreign = fields.get(name);
      return foreign == null && otherName != null ? fields.get(otherName) : foreign;
    }
  }

  /** Adds the columns, after construction because they may contain records of this very schema. */
  void fill(Schema schema, Function<Schema, RoundTripValue> values) {
    for (TableSchema.Column column : TableSchema.columns(schema)) {
      String attribute = column.attribute();
      if (attribute != null) {
        columns.add(Column.of(column, attribute, values));
      }
    }
  }

  /** Returns what drafts the attributes, from the cells of columns by their names. */
  List<DraftedColumn> drafted(Map<String, ColumnCell> cells) {
    return columns.stream()
        .map(
            column ->
                DraftedColumn.of(
                    column.attribute,
                    column.in(cells),
                    column.absence,
                    column.form,
                    Spelling.CANONICAL,
                    foreign -> column.value.of(foreign, new RoundTripCursor())))
        .toList();
  }

  @Override
  public AttributeValue of(Object foreign, RoundTripCursor walk) throws InvalidItemException {
    if (!(foreign instanceof Map<?, ?> fields)) {
      throw RoundTripValue.unexpected(foreign, walk);
    }
    return AttributeValue.fromM(attributes(fields, 0, walk));
  }

  /**
   * Restores the attributes from a record's fields.
   *
   * @param others how many of the fields are not attributes
   */
  Map<String, AttributeValue> attributes(Map<?, ?> fields, int others, RoundTripCursor walk)
      throws InvalidItemException {
    Map<String, AttributeValue> attributes = new HashMap<>(fields.size() * 2);
    int known = others;
    for (Column column : columns) {
      Object foreign = column.in(fields);
      if (foreign != null) {
        known++;
        attributes.put(
            column.attribute, walk.at(column.attribute, () -> column.value.of(foreign, walk)));
      } else if (column.absence == Absence.NONE) {
        throw walk.at(
            column.attribute, () -> walk.invalid("null, where the file's schema takes none"));
      } else if (column.absence == Absence.NULL
          || (column.absence == Absence.LISTED && walk.isNull(column.attribute))) {
        attributes.put(column.attribute, RoundTripValue.NULL);
      }
    }
    if (known < fields.size()) {
      throw walk.invalid("a field that the file's schema does not name");
    }
    return attributes;
  }
}
