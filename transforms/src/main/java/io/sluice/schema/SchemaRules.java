/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.KeyAttribute;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks that items can be written with a schema and come back. */
public final class SchemaRules {
  private static final Set<String> NULLS = Set.of("NULL", "LISTED");

  private final Set<Schema> records = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean lists;

  private SchemaRules() {}

  /**
   * Returns the same schema with the {@link TableSchema#VERSION} that makes readers heed its
   * properties; for a schema that a user gave.
   *
   * @throws IllegalArgumentException when it has a type that no item has (a date, a union of
   *     several types), when its properties contradict each other, or are of another version; the
   *     message names the field
   */
  public static TableSchema mark(TableSchema schema) {
    check(schema.avro());
    if (schema.isMarked()) {
      return schema;
    }
    Schema marked = new Schema.Parser().parse(schema.avro().toString());
    marked.addProp(TableSchema.VERSION, TableSchema.CURRENT_VERSION);
    return TableSchema.of(marked);
  }

  /**
   * Checks that there is room for the attributes of a key, which every item of its table has.
   *
   * @throws IllegalArgumentException when an attribute has no field and there is no field for the
   *     rest ({@link TableSchema#MORE}), or its field takes another type
   */
  public static void checkKey(TableSchema schema, List<KeyAttribute> key) {
    checkKey(schema.avro(), key);
  }

  /**
   * Checks the schema of a record.
   *
   * @throws IllegalArgumentException with what is wrong, and where
   */
  static void check(Schema schema) {
    Object version = schema.getObjectProp(TableSchema.VERSION);
    if (version != null && !version.equals(TableSchema.CURRENT_VERSION)) {
      throw new IllegalArgumentException(
          "the schema's %s is %s; this program knows %d"
              .formatted(TableSchema.VERSION, version, TableSchema.CURRENT_VERSION));
    }
    SchemaRules rules = new SchemaRules();
    List<Schema.Field> nulls = withRole(schema, TableSchema.NULLS);
    List<Schema.Field> more = withRole(schema, TableSchema.MORE);
    if (nulls.size() > 1 || more.size() > 1) {
      throw new IllegalArgumentException("two fields of the schema have one role");
    }
    for (Schema.Field field : nulls) {
      Schema type = only(field);
      if (type.getType() != Schema.Type.ARRAY
          || type.getElementType().getType() != Schema.Type.STRING
          || !field.schema().isNullable()) {
        throw wrong(field.name(), "with the role NULLS must be an array of string, or null");
      }
    }
    for (Schema.Field field : more) {
      if (only(field).getType() != Schema.Type.STRING || !field.schema().isNullable()) {
        throw wrong(field.name(), "with the role MORE must be a string, or null");
      }
    }
    rules.record(schema, "");
    if (rules.lists && nulls.isEmpty()) {
      throw new IllegalArgumentException(
          "the schema says LISTED of a field, but no field has the role NULLS");
    }
  }

  /**
   * Checks that a record has room for the attributes of a key, which every item has.
   *
   * @throws IllegalArgumentException with the first that has none
   */
  static void checkKey(Schema schema, List<KeyAttribute> key) {
    boolean more = !withRole(schema, TableSchema.MORE).isEmpty();
    for (KeyAttribute attribute : key) {
      Optional<Schema.Field> field =
          TableSchema.columns(schema).stream()
              .filter(column -> attribute.name().equals(column.attribute()))
              .map(TableSchema.Column::field)
              .findFirst();
      if (field.isEmpty() && !more) {
        throw new IllegalArgumentException(
            "the schema has no field for the key attribute " + attribute);
      }
      if (field.isPresent() && !takes(attribute.type(), only(field.get()))) {
        throw wrong(field.get().name(), "does not take the key attribute " + attribute);
      }
    }
  }

  private static boolean takes(KeyAttribute.Type type, Schema schema) {
    boolean isNumber = NumberCells.of(schema) != null;
    return switch (schema.getType()) {
      case STRING ->
          TableSchema.JSON.equals(TableSchema.typeOf(schema))
              || type == (isNumber ? KeyAttribute.Type.N : KeyAttribute.Type.S);
      case ENUM -> type == KeyAttribute.Type.S;
      case BYTES, FIXED -> type == (isNumber ? KeyAttribute.Type.N : KeyAttribute.Type.B);
      default -> isNumber && type == KeyAttribute.Type.N;
    };
  }

  private static List<Schema.Field> withRole(Schema schema, String role) {
    return schema.getFields().stream()
        .filter(field -> role.equals(field.getProp(TableSchema.ROLE)))
        .toList();
  }

  private static IllegalArgumentException wrong(String path, String what) {
    return new IllegalArgumentException("field '" + path + "' of the schema " + what);
  }

  private void record(Schema schema, String path) {
    if (!records.add(schema)) {
      return;
    }
    Set<String> attributes = new HashSet<>();
    Set<String> columns = new HashSet<>();
    for (Schema.Field field : schema.getFields()) {
      String at = path.isEmpty() ? field.name() : path + "." + field.name();
      String column = text(field, TableSchema.COLUMN, at);
      if (column != null) {
        Schema.Field other = schema.getField(column);
        if (!columns.add(column) || (other != null && other != field)) {
          throw wrong(at, "has the column of another field");
        }
      }
      String role = text(field, TableSchema.ROLE, at);
      if (role != null) {
        if (!path.isEmpty() || !(role.equals(TableSchema.NULLS) || role.equals(TableSchema.MORE))) {
          throw wrong(at, "has a role that is unknown, or only the outermost record's can have");
        }
        if (column != null) {
          throw wrong(at, "has a role, so that its column has its name");
        }
        continue;
      }
      String name = text(field, TableSchema.NAME, at);
      if (!attributes.add(name == null ? field.name() : name)) {
        throw wrong(at, "is of an attribute that has a field already");
      }
      String nulls = text(field, TableSchema.NULL, at);
      if (nulls != null && !(NULLS.contains(nulls) && field.schema().isNullable())) {
        throw wrong(at, "says what null stands for, but is not NULL or LISTED, or takes no null");
      }
      lists |= "LISTED".equals(nulls);
      value(field.schema(), at);
    }
  }

  private static @Nullable String text(JsonProperties of, String property, String path) {
    Object value = of.getObjectProp(property);
    if (value == null || (value instanceof String text && !text.isEmpty())) {
      return (String) value;
    }
    throw wrong(path, "has a " + property + " that is no text");
  }

  private static Schema only(Schema.Field field) {
    return only(field.schema(), field.name());
  }

  private static Schema only(Schema schema, String path) {
    try {
      return TableSchema.withoutNull(schema);
    } catch (IllegalArgumentException e) {
      throw wrong(path, e.getMessage());
    }
  }

  private void value(Schema nullable, String path) {
    Schema schema = only(nullable, path);
    String type = text(schema, TableSchema.TYPE, path);
    switch (schema.getType()) {
      case STRING -> {
        if (type != null && !type.equals("N") && !type.equals(TableSchema.JSON)) {
          throw wrong(path, "is a string of the type " + type + "; a string has N or JSON");
        }
      }
      case ARRAY -> array(schema, type, path + "[]");
      default -> {
        if (type != null) {
          throw wrong(path, "has a " + TableSchema.TYPE + ", which is for strings and arrays");
        }
        scalarOrMap(schema, path);
      }
    }
  }

  private void scalarOrMap(Schema schema, String path) {
    switch (schema.getType()) {
      case INT, LONG -> {
        String logical = schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
        if (logical != null) {
          throw wrong(
              path,
              "is a %s: items have no such type. Without the logicalType it holds numbers"
                  .formatted(logical));
        }
      }
      case FIXED -> {
        String logical = schema.getProp(LogicalType.LOGICAL_TYPE_PROP);
        if ("uuid".equals(logical)) {
          throw wrong(path, "is a uuid of 16 bytes: items have it as a string, or as plain bytes");
        }
      }
      case MAP -> value(schema.getValueType(), path + ".*");
      case RECORD -> record(schema, path);
      default -> {
        // Other types have no further rules.
      }
    }
  }

  private void array(Schema schema, @Nullable String type, String path) {
    Schema element = schema.getElementType();
    value(element, path);
    if (type == null) {
      return;
    }
    boolean fits =
        switch (type) {
          case "SS" ->
              element.getType() == Schema.Type.STRING && element.getProp(TableSchema.TYPE) == null;
          case "NS" -> NumberCells.of(element) != null;
          case "BS" ->
              element.getType() == Schema.Type.BYTES
                  && !(element.getLogicalType() instanceof LogicalTypes.Decimal);
          default ->
              throw wrong(path, "has the unknown type " + type + "; an array has SS, NS, BS");
        };
    if (!fits) {
      throw wrong(path, "does not hold elements of " + type);
    }
  }
}
