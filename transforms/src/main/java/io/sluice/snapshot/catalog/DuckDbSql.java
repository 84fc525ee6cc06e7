/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.schema.TableSchema;
import io.sluice.sink.OutputFormat;
import io.sluice.sink.WriteFiles;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.TableFolder;
import io.sluice.snapshot.catalog.ColumnType.Decimal;
import io.sluice.snapshot.catalog.ColumnType.Field;
import io.sluice.snapshot.catalog.ColumnType.Scalar;
import io.sluice.snapshot.catalog.ColumnType.Struct;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How DuckDB reads a snapshot: a view with the columns of the files and {@code snapshot_timestamp}.
 * DuckDB does not tell upper from lower case of ASCII letters in names: of JSON attributes that
 * differ only in that, the first is a column.
 */
public final class DuckDbSql {
  private final Manifest manifest;
  private final TableSchema schema;

  private DuckDbSql(Manifest manifest) {
    this.manifest = manifest;
    this.schema = manifest.schema();
  }

  /**
   * The statement that makes a view of a snapshot.
   *
   * @param view its name, which may be any text
   * @param folder where the data files are, with a slash at its end; it may be a copy of the
   *     snapshot's folder
   */
  public static String view(Manifest manifest, String view, String folder) {
    return "CREATE OR REPLACE VIEW "
        + DuckDbNames.quoted(view)
        + " AS\n"
        + new DuckDbSql(manifest).select(folder)
        + ";\n";
  }

  private static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private String select(String folder) {
    if (manifest.files().isEmpty()) {
      return none();
    }
    return switch (manifest.format()) {
      case PARQUET -> all("read_parquet(%s, hive_partitioning = false)".formatted(glob(folder)));
      case AVRO -> all("read_avro(%s)".formatted(glob(folder)));
      case JSON ->
          all(
              "read_json(%s, format = 'newline_delimited', hive_partitioning = false,%n  columns = %s)"
                  .formatted(glob(folder), columns(unlike(columns()), Dialects.DUCKDB_JSON)));
      case CSV ->
          all(
              ("read_csv(%s, auto_detect = false, header = true, delim = ',', quote = '\"',"
                      + " escape = '\"',%n  nullstr = '', allow_quoted_nulls = false,"
                      + " hive_partitioning = false,%n  columns = %s)")
                  .formatted(glob(folder), columns(numbered(columns()), Dialects.DUCKDB)));
      case DYNAMODB_JSON -> dynamoDbJson(folder);
    };
  }

  private List<Field> columns() {
    return FileColumns.of(manifest.format(), schema);
  }

  private String all(String from) {
    List<String> selected = new ArrayList<>(List.of("*"));
    if (columns().stream().noneMatch(c -> c.name().equalsIgnoreCase(TableFolder.TIME_COLUMN))) {
      selected.add(time());
    }
    return "SELECT %s%nFROM %s".formatted(String.join(", ", selected), from);
  }

  private String time() {
    return text(manifest.time().toString()) + " AS " + TableFolder.TIME_COLUMN;
  }

  /** Every file that the manifest lists: they begin alike, and end alike. */
  private String glob(String folder) {
    String first = manifest.files().get(0).name();
    return text(folder + first.replaceFirst(WriteFiles.PART + "[^./]*", WriteFiles.PART + "*"));
  }

  private static String columns(List<Field> fields, ColumnType.Dialect dialect) {
    return fields.stream()
        .map(f -> text(f.name()) + ": " + text(f.type().in(dialect)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static List<Field> unlike(List<Field> fields) {
    Set<String> names = new HashSet<>();
    return fields.stream().filter(f -> names.add(DuckDbNames.anyCase(f.name()))).toList();
  }

  /** The columns of CSV go by their order: they can be named anew. */
  private static List<Field> numbered(List<Field> fields) {
    Set<String> names = new HashSet<>();
    List<Field> unlike = new ArrayList<>();
    for (Field field : fields) {
      String name = field.name();
      for (int i = 2; !names.add(DuckDbNames.anyCase(name)); i++) {
        name = field.name() + "_" + i;
      }
      unlike.add(new Field(name, field.type()));
    }
    return unlike;
  }

  /** DuckDB refuses to read no files at all. */
  private String none() {
    List<Field> fields =
        manifest.format() == OutputFormat.DYNAMODB_JSON
            ? FileColumns.of(OutputFormat.JSON, schema)
            : columns();
    List<String> columns = new ArrayList<>();
    for (Field field : numbered(fields)) {
      columns.add(
          "CAST(NULL AS %s) AS %s"
              .formatted(field.type().in(Dialects.DUCKDB), DuckDbNames.quoted(field.name())));
    }
    columns.add(time());
    return "SELECT " + String.join(",\n  ", columns) + "\nWHERE false";
  }

  /** Each attribute without its type, where that is known; else as DynamoDB JSON. */
  private String dynamoDbJson(String folder) {
    List<String> columns = new ArrayList<>();
    List<Field> plain = numbered(FileColumns.of(OutputFormat.JSON, schema));
    List<Field> typed = ((Struct) columns().get(0).type()).fields();
    for (int i = 0; i < plain.size(); i++) {
      columns.add(
          "%s AS %s"
              .formatted(
                  value(typed.get(i), plain.get(i).type()),
                  DuckDbNames.quoted(plain.get(i).name())));
    }
    columns.add(time());
    return """
        SELECT %s
        FROM read_json(%s, format = 'newline_delimited', hive_partitioning = false,
          columns = {'Item': 'JSON'})"""
        .formatted(String.join(",\n  ", columns), glob(folder));
  }

  private static String value(Field attribute, ColumnType plain) {
    String at = "Item->" + text("/" + attribute.name().replace("~", "~0").replace("/", "~1"));
    List<Field> types = ((Struct) attribute.type()).fields();
    boolean flat = plain instanceof Decimal || plain instanceof Scalar;
    if (!flat || types.size() > 1) {
      return at;
    }
    String type = types.get(0).name();
    String value = at + "->>'/" + type + "'";
    if (type.equals("B")) {
      return "from_base64(" + value + ")";
    }
    return plain == Scalar.STRING
        ? value
        : "CAST(%s AS %s)".formatted(value, plain.in(Dialects.DUCKDB));
  }
}
