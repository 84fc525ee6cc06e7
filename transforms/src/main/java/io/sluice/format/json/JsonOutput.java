/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.json;

import io.sluice.format.OutputDefinition;
import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.format.catalog.JsonKeys;
import io.sluice.format.catalog.PlainColumns;
import io.sluice.format.stream.LineSink;
import io.sluice.schema.TableSchema;
import java.util.List;

/** Writes one line of plain JSON per item, compressed with gzip; a set becomes a list. */
final class JsonOutput implements OutputDefinition {

  @Override
  public String suffix() {
    return ".json.gz";
  }

  @Override
  public boolean isLossless() {
    return false;
  }

  @Override
  public boolean needsSchema() {
    return false;
  }

  @Override
  public SinkFactory sinks(SinkSettings settings) {
    return out -> new LineSink(out, JsonLines::new);
  }

  @Override
  public List<Field> columns(TableSchema schema) {
    return PlainColumns.of(schema);
  }

  @Override
  public HiveSerde serde(TableSchema schema, List<Field> named) {
    return HiveSerde.ofJsonLines(JsonKeys.properties(columns(schema), named));
  }

  @Override
  public DuckDbScan duckDb(TableSchema schema, String files) {
    return DuckDbScan.all(
        "read_json(%s, format = 'newline_delimited', hive_partitioning = false,%n  columns = %s)"
            .formatted(
                files,
                DuckDbScan.columns(DuckDbScan.distinct(columns(schema)), Dialects.DUCKDB_JSON)));
  }
}
