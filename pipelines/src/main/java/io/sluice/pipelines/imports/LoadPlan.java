/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.bulk.LoadOperation;
import io.sluice.bulk.LoadSpec;
import io.sluice.bulk.StagedRun;
import io.sluice.dynamodb.table.CreateTable;
import io.sluice.dynamodb.table.DescribeTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.FormatOptions;
import io.sluice.pipelines.input.InputJob;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.pipelines.planning.JobState;
import io.sluice.pipelines.table.TableNames;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The validated options of an import that DynamoDB does itself.
 *
 * @param operation of DynamoDB
 * @param staging the folder of the folders of runs, in S3
 * @param maxWriteUnits the most write units a second of a bulk put; null for any
 * @param bucketOwner the account of the bucket; null for that of the table
 * @param items what decides which items the input becomes, and the table: texts that differ when
 *     something of it does
 */
record LoadPlan(
    LoadOperation operation,
    String staging,
    @Nullable Long maxWriteUnits,
    @Nullable String bucketOwner,
    String items) {
  private static final String DEFAULT_FOLDER = "_staging";

  /** The engines, by the names in {@code --writeEngine}. */
  private static final Map<String, LoadOperation> ENGINES =
      Map.of("importtable", LoadOperation.IMPORT_TABLE, "bulk", LoadOperation.BULK_PUT);

  /** Whether the options ask for one of these engines. */
  static boolean isAsked(ImportOptions options) {
    return operationOf(options) != null;
  }

  private static @Nullable LoadOperation operationOf(ImportOptions options) {
    return ENGINES.get(options.getWriteEngine().toLowerCase(Locale.ROOT));
  }

  /** Returns the name of the engine, as it is typed. */
  String engine() {
    return nameOf(operation);
  }

  /** Returns the name of an engine, as it is typed. */
  static String nameOf(LoadOperation operation) {
    return switch (operation) {
      case IMPORT_TABLE -> "importTable";
      case BULK_PUT -> "bulk";
    };
  }

  /** Parses the options; null when items are written by requests. */
  static @Nullable LoadPlan of(ImportOptions options, OptionErrors problems) {
    LoadOperation operation = operationOf(options);
    if (operation == null) {
      if (options.getStaging() != null) {
        problems.add("--staging goes with --writeEngine=importTable or bulk");
      }
      needBulk(options, problems);
      return null;
    }
    String engine = nameOf(operation);
    LoadRefusalsPlan.of(options, operation)
        .forEach(
            (option, why) ->
                problems.add(
                    "--%s does not go with --writeEngine=%s: %s".formatted(option, engine, why)));
    if (operation == LoadOperation.IMPORT_TABLE) {
      needBulk(options, problems);
      checkCreation(options, problems);
    } else if (options.getBulkWriteUnits() != null) {
      problems.atLeast("bulkWriteUnits", options.getBulkWriteUnits(), 1);
    }
    String staging = staging(options);
    if (staging == null || !Storage.isS3(staging)) {
      problems.add(
          staging == null
              ? "--writeEngine=%s needs --staging, a folder in S3 for the files that DynamoDB reads"
                  .formatted(engine)
              : "--staging=%s must be a folder in S3, where DynamoDB reads the files"
                  .formatted(staging));
      return null;
    }
    return new LoadPlan(
        operation,
        staging,
        options.getBulkWriteUnits(),
        options.getLakeAccount(),
        itemsOf(options));
  }

  private static void needBulk(ImportOptions options, OptionErrors problems) {
    if (options.getBulkWriteUnits() != null) {
      problems.add("--bulkWriteUnits goes with --writeEngine=bulk");
    }
  }

  private static void checkCreation(ImportOptions options, OptionErrors problems) {
    if (options.getCreateTable() == null) {
      problems.add(
          "--writeEngine=importTable creates the table: give --createTable=ON_DEMAND"
              + " --partitionKey=name:S");
    }
    if (options.getTable() != null && options.getTable().startsWith("arn:")) {
      problems.add("--writeEngine=importTable creates the table: give its name, not an ARN");
    }
  }

  private static @Nullable String staging(ImportOptions options) {
    String rejects = options.getRejects();
    if (options.getStaging() != null) {
      return withSlash(options.getStaging());
    }
    return rejects == null || !Storage.isS3(rejects)
        ? null
        : withSlash(rejects) + DEFAULT_FOLDER + "/";
  }

  private static String withSlash(String folder) {
    return folder.endsWith("/") ? folder : folder + "/";
  }

  private static String itemsOf(ImportOptions options) {
    return Stream.of(
                options.getTable(),
                options.getWriteEngine().toLowerCase(Locale.ROOT),
                options.getCreateTable(),
                options.getPartitionKey(),
                options.getSortKey())
            .map(String::valueOf)
            .collect(Collectors.joining(" "))
        + FormatOptions.valuesOf(options);
  }

  /** Tests whether files can be staged. */
  void check(Console console) {
    OutputProbe.checkStaging(staging, console);
  }

  /**
   * Returns the folder of a run: the same for the same files, read in the same way, for the same
   * table. What a database has is never known to be the same.
   */
  String folder(String table, List<MatchResult.Metadata> files) {
    JobState state = JobState.empty().and("items", items);
    JobState all =
        files.isEmpty() ? state.and("input", UUID.randomUUID().toString()) : state.ofFiles(files);
    return "%s%s-%s/".formatted(staging, TableNames.plain(table), all.fingerprint());
  }

  /**
   * Checks that DynamoDB can do it.
   *
   * @param folder of the run
   * @throws JobException when it cannot
   */
  void check(TableInfo table, String folder, SluiceOptions options) {
    if (operation == LoadOperation.BULK_PUT) {
      checkBulk(table.name(), options);
      return;
    }
    if (table.creation() == null) {
      if (!isBegun(folder)) {
        throw new JobException(
            "the table %s exists, and --writeEngine=importTable creates a new one; --writeEngine=async writes to this one"
                .formatted(table.name()));
      }
      return;
    }
    List<String> lacking = CreateTable.notImported(table.creation());
    if (!lacking.isEmpty()) {
      throw new JobException(
          "--writeEngine=importTable creates no %s, which the table is to have: --writeEngine=async does"
              .formatted(String.join(" and no ", lacking)));
    }
  }

  private static void checkBulk(String table, SluiceOptions options) {
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      Optional<String> problem = DescribeTable.bulkProblem(table, client);
      if (problem.isPresent()) {
        throw new JobException(
            "--writeEngine=bulk does not write to the table %s: %s; --writeEngine=async does"
                .formatted(table, problem.get()));
      }
    } catch (SdkException e) {
      throw new JobException(
          "the table %s cannot be described: %s".formatted(table, UserMessages.oneLine(e)), e);
    }
  }

  private static boolean isBegun(String folder) {
    try {
      return StagedRun.in(folder).isBegun();
    } catch (IOException | RuntimeException e) {
      throw new JobException("--staging: " + UserMessages.oneLine(e), e);
    }
  }

  /** Returns what is loaded, by a new submission of the job. */
  LoadSpec spec(InputJob job, String folder) {
    return new LoadSpec(
        operation,
        job.table().name(),
        job.table().keySchema(),
        job.table().creation(),
        folder,
        UUID.randomUUID().toString(),
        maxWriteUnits,
        bucketOwner,
        Aws.dynamodb(job.options()));
  }
}
