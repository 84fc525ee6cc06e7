/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The schema of the files that a table is exported to: an Avro record with properties that say what
 * Avro's types cannot, so that the files come back as the items that they were made from.
 *
 * <p>The properties are {@value #VERSION} on the record; {@value #NAME}, {@value #COLUMN}, {@value
 * #NULL} and {@value #ROLE} on a field; {@value #TYPE} on a type.
 */
public final class TableSchema {
  /** On the outermost record: these properties are valid, in this version of them. */
  public static final String VERSION = "dynamodb.version";

  /** The version of the properties that this code writes. */
  public static final int CURRENT_VERSION = 1;

  /** On a field: the attribute's name, if Avro or a catalog does not accept it as a name. */
  public static final String NAME = "dynamodb.name";

  /**
   * On a field: the name of its column in Parquet, if it differs from the field's. It may have
   * letters that Avro does not accept in a name.
   */
  public static final String COLUMN = "dynamodb.column";

  /** The partition column that readers of snapshots add: no attribute's column has this name. */
  public static final String TIME_COLUMN = "snapshot_timestamp";

  /**
   * On a type: the DynamoDB type, if Avro's does not determine it. {@code N} on a string; {@code
   * SS}, {@code NS} and {@code BS} on an array; {@value #JSON} on a string that holds a value of
   * any type as DynamoDB JSON.
   */
  public static final String TYPE = "dynamodb.type";

  /** The {@link #TYPE} of a string that holds DynamoDB JSON. */
  public static final String JSON = "JSON";

  /**
   * On a field: the meaning of null. Without it the attribute is missing. {@code NULL}: it is
   * present, as NULL. {@code LISTED}: it is missing, unless the record lists it as a NULL (see
   * {@link #NULLS}).
   */
  public static final String NULL = "dynamodb.null";

  /** On a field of the outermost record that is no attribute: {@link #NULLS} or {@link #MORE}. */
  public static final String ROLE = "dynamodb.role";

  /**
   * On a field of files of text: the path of its attribute within Ms, as a list of names, where the
   * column has the {@link io.sluice.item.DottedPath} of it as its name.
   */
  public static final String PATH = "dynamodb.path";

  /** The {@link #ROLE} of the field that lists the NULLs of a record, as JSON pointers. */
  public static final String NULLS = "NULLS";

  /** The {@link #ROLE} of the field that holds all attributes without a field, as DynamoDB JSON. */
  public static final String MORE = "MORE";

  /** How Ms become columns. */
  public enum Maps {
    /** Each is one column: a record, a map or text. */
    WHOLE,
    /** Their attributes have columns each, with a {@link #PATH}, where these give the M back. */
    FLAT
  }

  private final Schema avro;

  private TableSchema(Schema avro) {
    this.avro = avro;
  }

  /**
   * A column of the files.
   *
   * @param attribute the name of the attribute; null if it holds none, but has a {@link #ROLE}
   * @param field the field of the record
   */
  public record Column(@Nullable String attribute, Schema.Field field) {

    /** Returns the path of the attribute, which is in an M if there are several names. */
    public List<String> path() {
      return field.getObjectProp(PATH) instanceof List<?> names
          ? names.stream().map(String::valueOf).toList()
          : List.of(String.valueOf(attribute));
    }

    /** Returns the meaning of null in the column. */
    public Absence absence() {
      if (!field.schema().isNullable()) {
        return Absence.NONE;
      }
      String nulls = field.getProp(NULL);
      return nulls == null ? Absence.MISSING : Absence.valueOf(nulls);
    }
  }

  /** The meaning of null in a column, see {@link #NULL}. */
  public enum Absence {
    /** The column takes no null: the attribute is always present. */
    NONE,
    /** The attribute is missing. */
    MISSING,
    /** The attribute is present, as NULL. */
    NULL,
    /** The attribute is missing, unless the record lists it as a NULL. */
    LISTED
  }

  /**
   * @throws IllegalArgumentException when it is not the schema of a record
   */
  public static TableSchema of(Schema avro) {
    if (avro.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException("the schema is a " + avro.getType() + ", not a record");
    }
    return new TableSchema(avro);
  }

  /**
   * Parses a schema as {@link #toJson} writes it, which is the content of an avsc file.
   *
   * @throws IllegalArgumentException when it is not the Avro schema of a record
   */
  public static TableSchema parse(String json) {
    try {
      return of(new Schema.Parser().parse(json));
    } catch (SchemaParseException e) {
      throw new IllegalArgumentException("not an Avro schema: " + e.getMessage(), e);
    }
  }

  /** Returns the record's schema, with the properties. */
  public Schema avro() {
    return avro;
  }

  /** Whether the properties are valid, so that the files come back as the items that went in. */
  public boolean isMarked() {
    return avro.getObjectProp(VERSION) != null;
  }

  /** Returns the property of a schema that gives the type of its attribute; null for none. */
  static @Nullable String typeOf(Schema schema) {
    return schema.getProp(TYPE);
  }

  /**
   * Returns the type of a schema, not counting null.
   *
   * @throws IllegalArgumentException when it is a union of more than one other type
   */
  public static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> types =
        schema.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    if (types.size() == 1) {
      return types.get(0);
    }
    throw new IllegalArgumentException(
        "is a union of several types, or of none: an attribute of several types is a string with "
            + TYPE
            + " "
            + JSON);
  }

  /** Returns the schema as JSON in one line. */
  public String toJson() {
    return avro.toString();
  }

  /** Returns the columns, in the order of the files. */
  public List<Column> columns() {
    return columns(avro);
  }

  /** Returns the columns of a record within the files' record, or of that itself. */
  public static List<Column> columns(Schema record) {
    return record.getFields().stream().map(TableSchema::column).toList();
  }

  /** Returns the name of a field's column in Parquet files, see {@link #COLUMN}. */
  public static String parquetColumn(Schema.Field field) {
    String column = field.getProp(COLUMN);
    return column == null ? field.name() : column;
  }

  private static Column column(Schema.Field field) {
    return new Column(field.getProp(ROLE) == null ? attribute(field) : null, field);
  }

  static String attribute(Schema.Field field) {
    return field.getProp(NAME) == null ? field.name() : field.getProp(NAME);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TableSchema other && toJson().equals(other.toJson());
  }

  @Override
  public int hashCode() {
    return Objects.hash(toJson());
  }

  @Override
  public String toString() {
    return toJson();
  }
}
