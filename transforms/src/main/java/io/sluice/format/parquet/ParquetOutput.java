/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.OutputDefinition;
import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.format.columnar.StoredColumns;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.TableSchema;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes Parquet, compressed with zstd; an import restores the items exactly. */
final class ParquetOutput implements OutputDefinition {

  @Override
  public String suffix() {
    return ".parquet";
  }

  @Override
  public boolean isLossless() {
    return true;
  }

  @Override
  public boolean needsSchema() {
    return true;
  }

  @Override
  public Set<ColumnNaming> namings() {
    return EnumSet.allOf(ColumnNaming.class);
  }

  @Override
  public void check(TableSchema schema) {
    StoredColumns.check(schema);
    ParquetTypes.of(schema.avro());
  }

  @Override
  public SinkFactory sinks(SinkSettings settings) {
    TableSchema schema = settings.requiredSchema();
    check(schema);
    return out ->
        new ParquetSink(
            out,
            schema,
            settings.rowGroupBytes(),
            settings.randomOrder(),
            settings.threads(),
            RowGroupMemory.OF_JVM);
  }

  @Override
  public List<Field> columns(TableSchema schema) {
    return StoredColumns.of(schema.avro(), TableSchema::parquetColumn);
  }

  @Override
  public HiveSerde serde(TableSchema schema, List<Field> named) {
    return HiveSerde.ofColumns(
        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
        Map.of("serialization.format", "1"),
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        "parquet");
  }

  @Override
  public DuckDbScan duckDb(TableSchema schema, String files) {
    return DuckDbScan.all("read_parquet(%s, hive_partitioning = false)".formatted(files));
  }
}
