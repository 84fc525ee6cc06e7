/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.catalog.GlueViews;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.PartitionInput;
import software.amazon.awssdk.services.glue.model.SerDeInfo;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.TableInput;

/** Builds Glue's requests for a feed. */
record FeedGlue(FeedTable table) {

  /** Returns the table of the committed changes. */
  TableInput committed() {
    return TableInput.builder()
        .name(table.committed())
        .description("Captured changes of the DynamoDB table " + table.feed().table())
        // Without a type, Athena fails to show the table's DDL.
        .tableType("EXTERNAL_TABLE")
        .parameters(Map.of("EXTERNAL", "TRUE", GlueViews.OWNER, table.feed().table()))
        .partitionKeys(column(FeedFolder.HOUR_COLUMN))
        .storageDescriptor(storage(table.folder()))
        .build();
  }

  /** Returns the partitions of these hours. */
  List<PartitionInput> partitions(Collection<String> hours) {
    return hours.stream()
        .map(
            hour ->
                PartitionInput.builder()
                    .values(hour)
                    .storageDescriptor(
                        storage(table.folder() + FeedFolder.HOUR_COLUMN + "=" + hour + "/"))
                    .build())
        .toList();
  }

  /** Returns the view with columns. */
  TableInput deltas(String database) {
    return GlueViews.view(
        database,
        table.deltas(),
        "Captured changes of the DynamoDB table " + table.feed().table(),
        table.feed().table(),
        FeedSql.athenaView(table),
        DeltaColumn.fields());
  }

  private static StorageDescriptor storage(String location) {
    return StorageDescriptor.builder()
        .columns(column(FeedSql.RECORD))
        .location(location)
        .inputFormat(FeedSql.INPUT_FORMAT)
        .outputFormat(FeedSql.OUTPUT_FORMAT)
        .serdeInfo(
            SerDeInfo.builder()
                .serializationLibrary(FeedSql.SERDE)
                .parameters(Map.of("serialization.format", "1"))
                .build())
        .build();
  }

  private static Column column(String name) {
    return Column.builder().name(name).type("string").build();
  }
}
