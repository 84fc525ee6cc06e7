/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.ion;

import io.sluice.format.ExportLayout;
import io.sluice.format.OutputDefinition;
import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.ColumnType.Scalar;
import io.sluice.format.catalog.ColumnType.Struct;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.format.catalog.PlainColumns;
import io.sluice.format.nativeexport.NativeLayout;
import io.sluice.format.stream.LineSink;
import io.sluice.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes one line of Ion text per item, compressed with gzip, in the layout of DynamoDB's own
 * exports; an import restores the items exactly.
 */
final class IonOutput implements OutputDefinition {
  private static final String HIVE = "com.amazon.ionhiveserde.";

  @Override
  public String suffix() {
    return ".ion.gz";
  }

  @Override
  public boolean isLossless() {
    return true;
  }

  @Override
  public boolean needsSchema() {
    return false;
  }

  @Override
  public SinkFactory sinks(SinkSettings settings) {
    return out -> new LineSink(out, IonLines::new);
  }

  @Override
  public List<Field> columns(TableSchema schema) {
    return List.of(new Field(IonText.ITEM, new Struct(PlainColumns.of(schema))));
  }

  @Override
  public List<Field> queriedColumns(TableSchema schema) {
    return List.of(new Field(IonText.ITEM, Scalar.STRING));
  }

  @Override
  public HiveSerde serde(TableSchema schema, List<Field> named) {
    return HiveSerde.ofColumns(
        HIVE + "IonHiveSerDe",
        Map.of(),
        HIVE + "formats.IonInputFormat",
        HIVE + "formats.IonOutputFormat",
        "ion");
  }

  /** DuckDB reads no Ion: it sees each item as a line of text. */
  @Override
  public DuckDbScan duckDb(TableSchema schema, String files) {
    return DuckDbScan.all(
        ("read_csv(%s, auto_detect = false, header = false, delim = '\\x01', quote = '',"
                + " escape = '',%n  hive_partitioning = false, columns = %s)")
            .formatted(files, DuckDbScan.columns(queriedColumns(schema), Dialects.DUCKDB)));
  }

  @Override
  public Optional<ExportLayout> layout() {
    return Optional.of(new NativeLayout("ION"));
  }
}
