/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.snapshot.TableFolder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/**
 * Builds Glue's requests for a snapshot.
 *
 * @param database the database of Glue
 */
record GlueTables(String database, CatalogTable table) {
  /** A partition and the name of its table. */
  record Partition(String table, PartitionInput input) {}

  /** Returns the table of all snapshots. */
  TableInput snapshots() {
    HiveSerde serde = table.serde();
    TreeMap<String, String> parameters = new TreeMap<>(serde.tableProperties());
    parameters.put("EXTERNAL", "TRUE");
    parameters.put("classification", serde.classification());
    parameters.put(GlueViews.OWNER, table.manifest().table());
    return TableInput.builder()
        .name(table.snapshots())
        .description("Snapshots of the DynamoDB table " + table.manifest().table())
        // Without a type, Athena fails to show the table's DDL.
        .tableType("EXTERNAL_TABLE")
        .parameters(parameters)
        .partitionKeys(column(TableFolder.TIME_COLUMN, "string"))
        .storageDescriptor(storage(table.folder()))
        .build();
  }

  /** Returns the partition of this snapshot. */
  Partition partition() {
    return new Partition(
        table.snapshots(),
        PartitionInput.builder()
            .values(table.time())
            .storageDescriptor(storage(table.location()))
            .parameters(Map.of("numRows", String.valueOf(table.manifest().items())))
            .build());
  }

  private StorageDescriptor storage(String location) {
    HiveSerde serde = table.serde();
    return StorageDescriptor.builder()
        .columns(columns(table.columns()))
        .location(location)
        .inputFormat(serde.inputFormat())
        .outputFormat(serde.outputFormat())
        .serdeInfo(
            SerDeInfo.builder()
                .serializationLibrary(serde.className())
                .parameters(serde.properties())
                .build())
        .build();
  }

  private List<Column> columns(List<Field> fields) {
    return fields.stream().map(c -> column(c.name(), table.type(c, Dialects.GLUE))).toList();
  }

  private static Column column(String name, String type) {
    return Column.builder().name(name).type(type).build();
  }

  /** Returns the view of the latest snapshot. */
  TableInput view() {
    return GlueViews.view(
        database,
        table.name(),
        "The latest snapshot of the DynamoDB table " + table.manifest().table(),
        table.manifest().table(),
        AthenaSql.view(table),
        AthenaSql.viewColumns(table));
  }
}
