/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import io.sluice.item.AttributePath;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/** Builds a schema, and the notes on it, from what was inferred. */
final class SchemaDraft {
  /** Names that no record and no fixed can have. */
  private static final Set<String> AVROS_OWN =
      Set.of(
          "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "enum",
          "array", "map", "union", "fixed", "error");

  static final String NULLS_FIELD = "dynamodb_nulls";
  static final String MORE_FIELD = "dynamodb_more";

  private static final int MAX_PRECISION = 38;

  private final Occurring occurring;
  private final ColumnNaming naming;
  private final TableSchema.Maps maps;
  private final ColumnNames typeNames = new ColumnNames(ColumnNaming.ASCII, AVROS_OWN);
  private final Map<Decimal, Schema> decimals = new HashMap<>();
  private final List<SchemaNote> notes = new ArrayList<>();
  private boolean lists;

  private SchemaDraft(Occurring occurring, ColumnNaming naming, TableSchema.Maps maps) {
    this.occurring = occurring;
    this.naming = naming;
    this.maps = maps;
  }

  /**
   * The inferred types from which a schema is built.
   *
   * @param hasMore whether there were more attributes than are kept
   */
  record Occurring(KeySchema key, Members attributes, long items, boolean hasMore) {}

  /** A schema and the notes on it. */
  record Drafted(TableSchema schema, List<SchemaNote> notes) {}

  static Drafted of(
      Occurring occurring, String recordName, ColumnNaming naming, TableSchema.Maps maps) {
    SchemaDraft draft = new SchemaDraft(occurring, naming, maps);
    TableSchema schema = draft.table(recordName);
    return new Drafted(schema, List.copyOf(draft.notes));
  }

  private record Decimal(int precision, int scale) {}

  private TableSchema table(String recordName) {
    String name = typeNames.take(recordName);
    if (occurring.hasMore()) {
      notes.add(SchemaNote.of(SchemaNote.Kind.MANY_ATTRIBUTES, ""));
    }
    Map<String, Place> places = new LinkedHashMap<>();
    for (KeyAttribute key : occurring.key().attributes()) {
      places.put(key.name(), new Place());
    }
    Members attributes = occurring.attributes();
    FlatMaps flat =
        maps == TableSchema.Maps.FLAT
            ? FlatMaps.of(attributes, Set.copyOf(places.keySet()), notes::add)
            : null;
    for (int i = 0; i < attributes.size(); i++) {
      if (flat == null || places.containsKey(attributes.name(i))) {
        places.put(attributes.name(i), attributes.place(i));
      }
    }
    places.putAll(flat == null ? Map.of() : flat.places());
    Set<String> reserved = Set.of(NULLS_FIELD, MORE_FIELD, TableSchema.TIME_COLUMN);
    List<Schema.Field> fields = fields(places, reserved, occurring.items(), name, "");
    if (flat != null) {
      fields.forEach(field -> addPath(field, flat.path(TableSchema.attribute(field))));
    }
    if (occurring.hasMore()) {
      fields.add(roleField(MORE_FIELD, TableSchema.MORE, Schema.create(Schema.Type.STRING)));
    }
    if (lists) {
      Schema pointers = Schema.createArray(Schema.create(Schema.Type.STRING));
      fields.add(roleField(NULLS_FIELD, TableSchema.NULLS, pointers));
    }
    Schema record = Schema.createRecord(name, null, null, false, fields);
    record.addProp(TableSchema.VERSION, TableSchema.CURRENT_VERSION);
    return TableSchema.of(record);
  }

  private static void addPath(Schema.Field field, @Nullable List<String> path) {
    if (path != null) {
      field.addProp(TableSchema.PATH, path);
    }
  }

  private static Schema.Field roleField(String name, String role, Schema schema) {
    Schema.Field field = nullable(name, schema);
    field.addProp(TableSchema.ROLE, role);
    return field;
  }

  /**
   * Builds the fields of a record, in the order of the map.
   *
   * @param reserved names that no attribute's column may have
   * @param parents how many Ms, or items, the attributes are in
   */
  private List<Schema.Field> fields(
      Map<String, Place> places, Set<String> reserved, long parents, String type, String path) {
    Map<String, String> columns =
        new ColumnNames(naming, reserved).of(List.copyOf(places.keySet()));
    // Derived from the columns' names, so that a field never has the name of another one's column.
    Map<String, String> names =
        new ColumnNames(ColumnNaming.ASCII, reserved)
            .of(places.keySet().stream().map(columns::get).toList());
    List<Schema.Field> fields = new ArrayList<>();
    places.forEach(
        (attribute, place) -> {
          String column = String.valueOf(columns.get(attribute));
          String name = String.valueOf(names.get(column));
          String at = path + (path.isEmpty() ? "" : ".") + AttributePath.printable(attribute);
          if (!column.equals(attribute)) {
            notes.add(SchemaNote.renamed(at, column));
          }
          Schema value = path.isEmpty() && place.count() == 0 ? keyType(attribute) : null;
          if (value == null) {
            value = value(place, type + "_" + name, at);
          }
          Schema.Field field = field(name, value, place, parents);
          if (!name.equals(attribute)) {
            field.addProp(TableSchema.NAME, attribute);
          }
          if (!name.equals(column)) {
            field.addProp(TableSchema.COLUMN, column);
          }
          fields.add(field);
        });
    return fields;
  }

  /** Returns the type of a key attribute that no item has. */
  private @Nullable Schema keyType(String name) {
    for (KeyAttribute key : occurring.key().attributes()) {
      if (key.name().equals(name)) {
        return Schema.create(
            switch (key.type()) {
              case S -> Schema.Type.STRING;
              case N -> Schema.Type.LONG;
              case B -> Schema.Type.BYTES;
            });
      }
    }
    return null;
  }

  private Schema.Field field(String name, Schema value, Place place, long parents) {
    boolean isMissing = place.count() < parents;
    boolean isNull = place.count(Type.NUL) > 0;
    if (!isMissing && !isNull) {
      return new Schema.Field(name, value);
    }
    Schema.Field field = nullable(name, value);
    if (isNull) {
      field.addProp(TableSchema.NULL, isMissing ? "LISTED" : "NULL");
      lists |= isMissing;
    }
    return field;
  }

  private static Schema.Field nullable(String name, Schema schema) {
    return new Schema.Field(name, orNull(schema), null, Schema.Field.NULL_DEFAULT_VALUE);
  }

  private static Schema orNull(Schema schema) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
  }

  /** Returns the type of a column, not counting null. */
  private Schema value(Place place, String typeName, String path) {
    if (place.isMixed()) {
      notes.add(SchemaNote.mixed(path, place.counts()));
      return json();
    }
    if (place.isOpaque()) {
      notes.add(SchemaNote.of(SchemaNote.Kind.NOT_FOLLOWED, path));
      return json();
    }
    Type type = place.type();
    if (type == null) {
      return json();
    }
    return switch (type) {
      case S -> Schema.create(Schema.Type.STRING);
      case N -> number(place.digits(), path);
      case B -> Schema.create(Schema.Type.BYTES);
      case BOOL -> Schema.create(Schema.Type.BOOLEAN);
      case SS -> typed(Schema.createArray(Schema.create(Schema.Type.STRING)), "SS");
      case NS -> typed(Schema.createArray(number(place.digits(), path)), "NS");
      case BS -> typed(Schema.createArray(Schema.create(Schema.Type.BYTES)), "BS");
      case L -> list(place, typeName, path);
      case M -> map(place, typeName, path);
      default -> throw new IllegalStateException("no value has the type " + type);
    };
  }

  private static Schema typed(Schema schema, String type) {
    schema.addProp(TableSchema.TYPE, type);
    return schema;
  }

  private static Schema json() {
    return typed(Schema.create(Schema.Type.STRING), TableSchema.JSON);
  }

  private Schema list(Place place, String typeName, String path) {
    Place elements = place.elements();
    return elements == null || elements.count() == 0
        ? json()
        : Schema.createArray(inside(elements, typeName, path + "[]"));
  }

  /** Returns the type of the contents of a list or a map, where null is a NULL. */
  private Schema inside(Place place, String typeName, String path) {
    Schema value = value(place, typeName, path);
    return place.count(Type.NUL) > 0 ? orNull(value) : value;
  }

  private Schema map(Place place, String typeName, String path) {
    Members members = place.members();
    if (members == null) {
      return Schema.createMap(json());
    }
    Place values = members.values();
    if (values != null) {
      notes.add(SchemaNote.of(SchemaNote.Kind.MANY_NAMES, path));
      return Schema.createMap(inside(values, typeName, path + ".*"));
    }
    if (members.size() == 0) {
      return Schema.createMap(json());
    }
    String name = typeNames.take(typeName);
    Map<String, Place> places = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      places.put(members.name(i), members.place(i));
    }
    List<Schema.Field> fields = fields(places, Set.of(), place.count(Type.M), name, path);
    return Schema.createRecord(name, null, null, false, fields);
  }

  /** Returns the tightest type for numbers. */
  private Schema number(Digits digits, String path) {
    if (digits.fraction() == 0 && !digits.beyondLong()) {
      return Schema.create(Schema.Type.LONG);
    }
    int precision = digits.whole() + digits.fraction();
    if (precision > MAX_PRECISION) {
      notes.add(SchemaNote.of(SchemaNote.Kind.NUMBERS_AS_TEXT, path));
      return typed(Schema.create(Schema.Type.STRING), "N");
    }
    return decimals.computeIfAbsent(new Decimal(precision, digits.fraction()), this::decimal);
  }

  private Schema decimal(Decimal decimal) {
    int bits = BigInteger.TEN.pow(decimal.precision).subtract(BigInteger.ONE).bitLength() + 1;
    String name = "decimal_" + decimal.precision + "_" + decimal.scale;
    int size = (bits + Byte.SIZE - 1) / Byte.SIZE;
    Schema fixed = Schema.createFixed(typeNames.take(name), null, null, size);
    return LogicalTypes.decimal(decimal.precision, decimal.scale).addToSchema(fixed);
  }
}
