/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue.Type;

/**
 * A note for people on an inferred schema. It names attributes and counts, never values.
 *
 * @param kind the kind of note
 * @param path the attribute, as {@code a.b[].c}: {@code []} stands for the elements of lists,
 *     {@code *} for the names of a map; empty for the items themselves
 * @param types for {@link Kind#MIXED_TYPES}, how many values there are of each type, by the type's
 *     name in DynamoDB's API; else empty
 * @param column for {@link Kind#COLUMN_RENAMED}, the column's name; else empty
 */
public record SchemaNote(Kind kind, String path, Map<String, Long> types, String column) {

  /** The kinds of notes. */
  public enum Kind {
    /** The attribute has several types: its column is text, with a value of DynamoDB JSON. */
    MIXED_TYPES("has several types"),
    /** The M has too many different names: its column is a map. */
    MANY_NAMES("has too many names for columns of their own: it is a map"),
    /** The L or M is too deep, or too large in all: its column is text, in DynamoDB JSON. */
    NOT_FOLLOWED("is nested too deep, or has too many attributes in all: it is kept as JSON"),
    /** A number is too large or too fine for a decimal of 38 digits: the column is text. */
    NUMBERS_AS_TEXT("has numbers that no decimal of 38 digits holds: they are text"),
    /**
     * Some of the Ms have no attributes: {@link TableSchema.Maps#FLAT} keeps them in one column.
     */
    EMPTY_MAPS(
        "is one column: it is an empty map in some items, of which columns would show nothing"),
    /** {@link TableSchema.Maps#FLAT} keeps the M in one column, because of its values. */
    VALUES_OF_NO_COLUMN(
        "is one column: it has attributes that are NULL, empty or of several types, which columns"
            + " would not give back"),
    /** {@link TableSchema.Maps#FLAT} keeps the M in one column, because of its names. */
    NAMES_OF_NO_COLUMN("is one column: it has names that a column of its own cannot have"),
    /** {@link TableSchema.Maps#FLAT} keeps all Ms in a column each. */
    MANY_COLUMNS(
        "each map is one column: with columns of their own there would be over 2,000 in all"),
    /** The column's name differs from the attribute's. */
    COLUMN_RENAMED("has the column "),
    /** The items have too many attributes: all but the key's are in one column. */
    MANY_ATTRIBUTES(
        "the items have too many attributes for columns of their own: all but the key's are in one,"
            + " as JSON");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  public SchemaNote {
    types = Map.copyOf(types);
  }

  static SchemaNote of(Kind kind, String path) {
    return new SchemaNote(kind, path, Map.of(), "");
  }

  static SchemaNote mixed(String path, Map<Type, Long> counts) {
    Map<String, Long> types = new TreeMap<>();
    counts.forEach((type, count) -> types.put(type == Type.NUL ? "NULL" : type.name(), count));
    return new SchemaNote(Kind.MIXED_TYPES, path, types, "");
  }

  static SchemaNote renamed(String path, String column) {
    return new SchemaNote(Kind.COLUMN_RENAMED, path, Map.of(), column);
  }

  /** Prints the note as a sentence. */
  @Override
  public String toString() {
    String counts =
        new TreeMap<>(types)
            .entrySet().stream()
                .map(type -> type.getKey() + " " + type.getValue())
                .collect(Collectors.joining(", "));
    String what = kind.text + column + (counts.isEmpty() ? "" : ": " + counts + "; it is JSON");
    return path.isEmpty() ? what : "attribute '" + path + "' " + what;
  }
}
