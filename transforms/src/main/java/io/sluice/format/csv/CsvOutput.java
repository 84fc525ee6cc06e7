/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.csv;

import io.sluice.format.OutputDefinition;
import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.catalog.ColumnType;
import io.sluice.format.catalog.ColumnType.Decimal;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.Scalar;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.format.catalog.PlainColumns;
import io.sluice.format.stream.LineSink;
import io.sluice.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a line of attribute names and one line per item, compressed with gzip; types are lost. */
final class CsvOutput implements OutputDefinition {
  /**
   * A character for private use, which no text has. By default Hive's reader takes a backslash for
   * an escape: it drops it from values, and a record whose field ends with one becomes nulls.
   */
  private static final String NO_ESCAPE = "\uE000";

  @Override
  public String suffix() {
    return ".csv.gz";
  }

  @Override
  public boolean isLossless() {
    return false;
  }

  @Override
  public boolean needsSchema() {
    return true;
  }

  @Override
  public SinkFactory sinks(SinkSettings settings) {
    TableSchema schema = settings.requiredSchema();
    return out -> new LineSink(out, lines -> new CsvLines(lines, schema));
  }

  /**
   * Nested values are JSON in a field; attributes without their own column share one for the rest.
   */
  @Override
  public List<Field> columns(TableSchema schema) {
    List<Field> fields = new ArrayList<>();
    for (TableSchema.Column column : schema.columns()) {
      if (column.attribute() != null) {
        ColumnType type = PlainColumns.type(column.field().schema());
        boolean flat = type instanceof Scalar || type instanceof Decimal;
        // A value that may be of any type is written as text, which is not always JSON.
        fields.add(
            new Field(
                column.attribute(),
                flat ? (type == Scalar.JSON ? Scalar.STRING : type) : Scalar.JSON));
      } else if (TableSchema.MORE.equals(column.field().getProp(TableSchema.ROLE))) {
        fields.add(new Field(column.field().name(), Scalar.JSON));
      }
    }
    return fields;
  }

  @Override
  public HiveSerde serde(TableSchema schema, List<Field> named) {
    return HiveSerde.ofCsvLines(
        Map.of("separatorChar", ",", "quoteChar", "\"", "escapeChar", NO_ESCAPE));
  }

  /** Columns are found by position, so they can be renamed. */
  @Override
  public DuckDbScan duckDb(TableSchema schema, String files) {
    return DuckDbScan.all(
        ("read_csv(%s, auto_detect = false, header = true, delim = ',', quote = '\"',"
                + " escape = '\"',%n  nullstr = '', allow_quoted_nulls = false,"
                + " hive_partitioning = false,%n  columns = %s)")
            .formatted(
                files, DuckDbScan.columns(DuckDbScan.numbered(columns(schema)), Dialects.DUCKDB)));
  }
}
