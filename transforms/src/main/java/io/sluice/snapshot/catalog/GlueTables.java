/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.format.catalog.ColumnType.Field;
import io.sluice.format.catalog.Dialects;
import io.sluice.format.catalog.HiveSerde;
import io.sluice.snapshot.TableFolder;
import java.util.Base64;
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
  /** The parameter of a Glue table that names the DynamoDB table for which it was made. */
  static final String OWNER = "sluice.table";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A partition and the name of its table. */
  record Partition(String table, PartitionInput input) {}

  /** Returns the table of all snapshots. */
  TableInput snapshots() {
    HiveSerde serde = table.serde();
    TreeMap<String, String> parameters = new TreeMap<>(serde.tableProperties());
    parameters.put("EXTERNAL", "TRUE");
    parameters.put("classification", serde.classification());
    parameters.put(OWNER, table.manifest().table());
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

  /**
   * Returns the view of the latest snapshot, in the form in which Athena keeps its views in Glue.
   */
  TableInput view() {
    return TableInput.builder()
        .name(table.name())
        .description("The latest snapshot of the DynamoDB table " + table.manifest().table())
        .tableType("VIRTUAL_VIEW")
        .parameters(
            Map.of(
                "presto_view", "true", "comment", "Presto View", OWNER, table.manifest().table()))
        .storageDescriptor(
            StorageDescriptor.builder()
                .columns(columns(AthenaSql.viewColumns(table)))
                .location("")
                .serdeInfo(SerDeInfo.builder().build())
                .build())
        .viewOriginalText(
            "/* Presto View: "
                + Base64.getEncoder().encodeToString(viewJson().toString().getBytes(UTF_8))
                + " */")
        .viewExpandedText("/* Presto View */")
        .build();
  }

  private ObjectNode viewJson() {
    ObjectNode view = JSON.createObjectNode();
    view.put("originalSql", AthenaSql.view(table));
    view.put("catalog", "awsdatacatalog");
    view.put("schema", database);
    ArrayNode columns = view.putArray("columns");
    for (Field column : AthenaSql.viewColumns(table)) {
      columns
          .addObject()
          .put("name", column.name())
          .put("type", table.type(column, Dialects.PRESTO));
    }
    view.put("owner", "hadoop");
    view.put("runAsInvoker", false);
    return view;
  }
}
