/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.input.SourceOptions;
import io.sluice.pipelines.table.BudgetOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of the import; {@link ImportPlan} defines their joint meaning. */
public interface ImportOptions
    extends SourceOptions, BudgetOptions, RaiseOptions, ChangeOptions, CompareOptions, LoadOptions {

  @Group(Group.Heading.TABLE)
  @Description(
      "Engine that writes the items. async sends many batches concurrently. dynamodbio is Beam's"
          + " DynamoDBIO: one batch at a time per worker, and an item that DynamoDB refuses fails"
          + " the job. Both keep to --writeRatio. importTable has DynamoDB import the items into a"
          + " new table, from files that the job writes to --staging: it takes no write units, is"
          + " paid for by the size of the files, and nobody promises how long it takes. bulk has"
          + " DynamoDB put them into a table that exists, likewise (StartBulkPutItems); not into a"
          + " global table, nor while an index is being created.")
  @Default.String("async")
  String getWriteEngine();

  void setWriteEngine(String value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Folder in which the import keeps which parts of its items are written, such as"
          + " s3://bucket/checkpoints. When the same command is started again within 12 hours, it goes"
          + " on: what is written already is read again, but not written. The folder of the import"
          + " is emptied when all is written. Workers on a cluster must be able to write it. In a"
          + " night each import has one below the ledger. Default: none; all is written again.")
  @Nullable String getCheckpoints();

  void setCheckpoints(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Create the table if it does not exist: ON_DEMAND, or read and write capacity units such as"
          + " 5,500, which need --partitionKey; or FROM_SNAPSHOT, as the manifest of the snapshot"
          + " that is imported records it, with indexes, stream, time to live, tags and billing.")
  @Nullable String getCreateTable();

  void setCreateTable(String value);

  @Group(Group.Heading.TABLE)
  @Description("Partition key of a table to be created: name:S, name:N or name:B.")
  @Nullable String getPartitionKey();

  void setPartitionKey(String value);

  @Group(Group.Heading.TABLE)
  @Description("Sort key of a table to be created: name:S, name:N or name:B. Default: none.")
  @Nullable String getSortKey();

  void setSortKey(String value);

  @Group(Group.Heading.REJECTIONS)
  @Description(
      "Maximum number of rejections. If there are more, the exit code is 3, and nothing is"
          + " written if they were found before writing. Above 0, --rejects is needed.")
  @Default.Long(0)
  long getMaxRejects();

  void setMaxRejects(long value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Read, check and deduplicate, but write nothing. Reports counts, bytes, write units, item"
          + " sizes, the largest items and the hottest partition keys. If --partitionKey is"
          + " given, the table need not exist.")
  @Default.Boolean(false)
  boolean isDryRun();

  void setDryRun(boolean value);

  /** What to do with the input files. */
  enum OnSuccess {
    KEEP,
    DELETE
  }

  @Group(Group.Heading.INPUT)
  @Description(
      "Whether to KEEP or DELETE the input files. They are deleted only if everything was written"
          + " and pruned, and there were no more rejections than --maxRejects.")
  @Default.Enum("KEEP")
  OnSuccess getOnSuccess();

  void setOnSuccess(OnSuccess value);
}
