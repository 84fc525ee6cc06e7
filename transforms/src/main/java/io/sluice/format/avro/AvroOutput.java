/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.avro;

import io.sluice.format.OutputDefinition;
import io.sluice.format.SinkFactory;
import io.sluice.format.SinkSettings;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.DuckDbScan;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.format.columnar.StoredColumns;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.ItemRecords;
import io.sluice.schema.TableSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Writes Avro object container files, compressed with zstd; an import restores the items exactly.
 */
final class AvroOutput implements OutputDefinition {

  @Override
  public String suffix() {
    return ".avro";
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
    return Set.of(ColumnNaming.ASCII);
  }

  @Override
  public void check(TableSchema schema) {
    StoredColumns.check(schema);
  }

  @Override
  public SinkFactory sinks(SinkSettings settings) {
    ItemRecords records = ItemRecords.of(settings.requiredSchema());
    return out -> new AvroSink(out, records.schema(), records::record);
  }

  @Override
  public List<Field> columns(TableSchema schema) {
    return StoredColumns.of(schema.avro(), Schema.Field::name);
  }

  @Override
  public HiveSerde serde(TableSchema schema, List<Field> named) {
    return HiveSerde.ofColumns(
        "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
        Map.of("avro.schema.literal", schema.toJson()),
        "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
        "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
        "avro");
  }

  @Override
  public DuckDbScan duckDb(TableSchema schema, String files) {
    return DuckDbScan.all("read_avro(%s)".formatted(files));
  }

  @Override
  public Optional<String> duckDbExtension() {
    return Optional.of("avro");
  }
}
