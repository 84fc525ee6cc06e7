/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.pipelines.job.Aws;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * How a missing table is created.
 *
 * @param billing its billing; null when it is not created, or as a snapshot records it
 * @param key the key of a table to be created, or the key that the table is expected to have; null
 *     when none is given
 * @param isOfSnapshot whether it is created as the imported snapshot records it
 */
record NewTablePlan(@Nullable Billing billing, @Nullable KeySchema key, boolean isOfSnapshot) {
  private static final String FROM_SNAPSHOT = "FROM_SNAPSHOT";

  /** Parses the options; if an error is recorded, the plan must not be used. */
  static NewTablePlan of(ImportOptions options, OptionErrors problems) {
    String create = options.getCreateTable();
    boolean isOfSnapshot = FROM_SNAPSHOT.equalsIgnoreCase(create);
    Billing billing =
        isOfSnapshot ? null : problems.parse("createTable", create, NewTablePlan::billing);
    KeySchema key = key(options, problems);
    if (create != null && !isOfSnapshot && options.getPartitionKey() == null) {
      problems.add("--createTable needs --partitionKey, such as --partitionKey=id:S");
    }
    return new NewTablePlan(billing, key, isOfSnapshot);
  }

  private static Billing billing(String text) {
    try {
      return Billing.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", or " + FROM_SNAPSHOT, e);
    }
  }

  private static @Nullable KeySchema key(ImportOptions options, OptionErrors problems) {
    KeyAttribute partitionKey =
        problems.parse("partitionKey", options.getPartitionKey(), KeyAttribute::parse);
    KeyAttribute sortKey = problems.parse("sortKey", options.getSortKey(), KeyAttribute::parse);
    if (partitionKey != null) {
      return problems.parse("sortKey", "", ignored -> new KeySchema(partitionKey, sortKey));
    }
    if (options.getSortKey() != null && options.getPartitionKey() == null) {
      problems.add("--sortKey goes with --partitionKey");
    }
    return null;
  }

  /**
   * Describes the table, or how it is to be created.
   *
   * @param onDemand what the table can do when it is on-demand, if that is given
   * @param dryRun whether nothing is written
   * @throws JobException when it is missing and not to be created, or has another key
   */
  TableInfo describe(
      ImportOptions options,
      InputSettings source,
      OnDemandUnits onDemand,
      boolean dryRun,
      ImportSource input,
      Console console) {
    RecordedTable recorded = isOfSnapshot ? RecordedTable.of(input.places()) : null;
    if (recorded != null) {
      check(recorded.definition().keySchema(), "the snapshot " + recorded.snapshot());
    }
    TableInfo table =
        source.describeTable(
            options,
            onDemand,
            client ->
                recorded == null
                    ? missing(source.table(), onDemand, dryRun)
                    : missing(source.table(), onDemand, recorded, console));
    check(table.keySchema(), "the table " + table.name());
    return recorded == null || !table.exists()
        ? table
        : existing(options, table, recorded, console);
  }

  private void check(KeySchema found, String of) {
    if (key != null && !key.equals(found)) {
      throw new JobException(
          "%s has the key %s, not %s as --partitionKey and --sortKey say"
              .formatted(of, found, key));
    }
  }

  private TableInfo missing(String name, OnDemandUnits onDemand, boolean dryRun) {
    if (key == null || (billing == null && !dryRun)) {
      throw new JobException(
          "the table "
              + name
              + " does not exist; to create it, give --createTable=ON_DEMAND"
              + " --partitionKey=name:S");
    }
    return TableInfo.toBe(name, key, billing, onDemand);
  }

  private static TableInfo missing(
      String name, OnDemandUnits onDemand, RecordedTable recorded, Console console) {
    recorded.tell(name, console);
    return TableInfo.toBe(name, recorded.definition(), onDemand);
  }

  /** Changes nothing of a table that is there, unless its creation may have been interrupted. */
  private static TableInfo existing(
      ImportOptions options, TableInfo table, RecordedTable recorded, Console console) {
    KeySchema expected = recorded.definition().keySchema();
    if (!expected.equals(table.keySchema())) {
      throw new JobException(
          "the table %s has the key %s, not %s as the snapshot %s"
              .formatted(table.name(), table.keySchema(), expected, recorded.snapshot()));
    }
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      if (CreateTable.isUnfinished(table, recorded.definition(), client)) {
        console.tell(
            "the table %s exists, without an item and without a time to live: that is enabled by %s, as the snapshot records it"
                .formatted(table.name(), recorded.definition().timeToLive()));
        return table.completedTo(recorded.definition());
      }
    } catch (SdkException e) {
      throw new JobException(
          "whether the table %s, which has no items, lacks the time to live of its snapshot cannot be seen: %s"
              .formatted(table.name(), UserMessages.oneLine(e)),
          e);
    }
    console.tell(
        "the table %s exists: --createTable=FROM_SNAPSHOT changes nothing of it"
            .formatted(table.name()));
    return table;
  }
}
