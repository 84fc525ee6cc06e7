/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import io.sluice.item.InvalidItemException;
import io.sluice.schema.TableSchema;
import io.sluice.schema.TableSchema.Absence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of a record of a marked schema. */
final class MarkedRecord implements MarkedValues.Value {
  private final List<Column> columns = new ArrayList<>();

  private record Column(
      String field, String attribute, Absence absence, MarkedValues.Value value) {}

  /** Makes the columns, which may hold records of this very schema. */
  void fill(Schema schema, MarkedValues values) {
    for (TableSchema.Column column : TableSchema.columns(schema)) {
      String attribute = column.attribute();
      if (attribute != null) {
        Schema.Field field = column.field();
        columns.add(
            new Column(field.name(), attribute, column.absence(), values.value(field.schema())));
      }
    }
  }

  @Override
  public AttributeValue of(Object foreign, MarkedWalk walk) throws InvalidItemException {
    if (!(foreign instanceof Map<?, ?> fields)) {
      throw MarkedValues.unexpected(foreign, walk);
    }
    return AttributeValue.fromM(attributes(fields, 0, walk));
  }

  /**
   * The attributes of a record's fields.
   *
   * @param others how many of the fields are no attributes
   */
  Map<String, AttributeValue> attributes(Map<?, ?> fields, int others, MarkedWalk walk)
      throws InvalidItemException {
    Map<String, AttributeValue> attributes = new HashMap<>(fields.size() * 2);
    int known = others;
    for (Column column : columns) {
      Object foreign = fields.get(column.field);
      if (foreign != null) {
        known++;
        attributes.put(
            column.attribute, walk.at(column.attribute, () -> column.value.of(foreign, walk)));
      } else if (column.absence == Absence.NONE) {
        throw walk.at(
            column.attribute, () -> walk.invalid("null, where the file's schema takes none"));
      } else if (column.absence == Absence.NULL
          || (column.absence == Absence.LISTED && walk.isNull(column.attribute))) {
        attributes.put(column.attribute, MarkedValues.NULL);
      }
    }
    if (known < fields.size()) {
      throw walk.invalid("a field that the file's schema does not name");
    }
    return attributes;
  }
}
