/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import io.sluice.change.feed.DeltaLines;
import io.sluice.change.feed.FeedFolder;
import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.Scalar;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The columns of captured changes, and how Athena and DuckDB find them in a record, which is a line
 * of JSON. Items stay DynamoDB JSON, since those of a table need not have the same attributes.
 */
enum DeltaColumn {
  /** INSERT, MODIFY or REMOVE. */
  EVENT_NAME("$.eventName", Kind.TEXT),

  /** Seconds since 1970. */
  CHANGE_TIME("$.dynamodb.ApproximateCreationDateTime", Kind.SECONDS),

  /** An integer of more than 64 bits. */
  SEQUENCE_NUMBER("$.dynamodb.SequenceNumber", Kind.TEXT),

  KEYS("$.dynamodb.Keys", Kind.JSON),
  NEW_IMAGE("$.dynamodb.NewImage", Kind.JSON),
  OLD_IMAGE("$.dynamodb.OldImage", Kind.JSON),

  /** Whether the item was deleted by its time to live. */
  EXPIRED("$.userIdentity.principalId", Kind.IS_DYNAMODB),

  SIZE_BYTES("$.dynamodb.SizeBytes", Kind.NUMBER),
  STREAM_ARN("$.eventSourceARN", Kind.TEXT),
  EVENT_ID("$.eventID", Kind.TEXT),

  /** The partition, such as {@code 2026-01-31T23}. */
  CHANGE_HOUR("", Kind.HOUR);

  private final String path;
  private final Kind kind;

  DeltaColumn(String path, Kind kind) {
    this.path = path;
    this.kind = kind;
  }

  /** What becomes of a member of the record. */
  private enum Kind {
    TEXT(Scalar.STRING, "json_extract_scalar(record, %s)", "json_extract_string(json, %s)"),
    JSON(Scalar.STRING, "json_format(json_extract(record, %s))", "json_extract(json, %s)"),
    NUMBER(
        Scalar.LONG,
        "CAST(json_extract_scalar(record, %s) AS bigint)",
        "CAST(json_extract_string(json, %s) AS BIGINT)"),
    SECONDS(
        Scalar.LONG,
        "CAST(floor(CAST(json_extract_scalar(record, %s) AS double)) AS bigint)",
        "CAST(floor(CAST(json_extract_string(json, %s) AS DOUBLE)) AS BIGINT)"),
    IS_DYNAMODB(
        Scalar.BOOLEAN,
        "coalesce(json_extract_scalar(record, %s) = '" + DeltaLines.TTL + "', false)",
        "coalesce(json_extract_string(json, %s) = '" + DeltaLines.TTL + "', false)"),
    HOUR(
        Scalar.STRING,
        FeedFolder.HOUR_COLUMN,
        "regexp_extract(filename, '" + FeedFolder.HOUR_COLUMN + "=([^/]+)/', 1)");

    private final ColumnType type;
    private final String athena;
    private final String duckDb;

    Kind(ColumnType type, String athena, String duckDb) {
      this.type = type;
      this.athena = athena;
      this.duckDb = duckDb;
    }
  }

  private String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  private ColumnType type() {
    return kind.type;
  }

  private String with(String expression) {
    return expression.replace("%s", "'" + path + "'") + " AS \"" + column() + "\"";
  }

  /** Returns the columns with the types that a catalog states. */
  static List<Field> fields() {
    return Arrays.stream(values()).map(c -> new Field(c.column(), c.type())).toList();
  }

  /** Returns what is selected of {@code record}, the line as text, in Athena's SQL. */
  static String athena() {
    return all(c -> c.with(c.kind.athena));
  }

  /** Returns what is selected of {@code json}, the line as JSON, in DuckDB's SQL. */
  static String duckDb() {
    return all(c -> c.with(c.kind.duckDb));
  }

  private static String all(Function<DeltaColumn, String> expression) {
    return Arrays.stream(values()).map(expression).collect(Collectors.joining(",\n  "));
  }
}
