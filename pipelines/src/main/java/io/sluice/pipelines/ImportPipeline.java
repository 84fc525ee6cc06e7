/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dedupe.Deduplicate;
import io.sluice.dynamodb.CreateTable;
import io.sluice.dynamodb.DescribeTable;
import io.sluice.dynamodb.TableInfo;
import io.sluice.dynamodb.WriteTable;
import io.sluice.failure.WriteRejections;
import io.sluice.file.InputFiles;
import io.sluice.file.KeyFrom;
import io.sluice.file.ReadItems;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.report.Gate;
import io.sluice.report.JobReport;
import io.sluice.report.Ledger;
import io.sluice.report.Report;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Files to a table: read, deduplicate, write, report. */
public final class ImportPipeline {
  /** One bucket of the deduplication is on the heap at a time. */
  private static final long BUCKET_BYTES = 16L << 20;

  private static final DateTimeFormatter FOLDER_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss-SSS'Z'").withZone(ZoneOffset.UTC);

  private ImportPipeline() {}

  public static void main(String[] args) {
    Main.main(Main.withPipeline("import", args));
  }

  /** Runs the import to its end and tells of it; the exit code. */
  static int run(ImportOptions options) {
    ImportPlan plan = ImportPlan.of(options);
    Aws.configure(options);
    FileSystems.setDefaultPipelineOptions(options);
    long inputBytes = inputBytes(plan.input());
    TableInfo table = table(options, plan);
    Instant start = Instant.now();
    Job job = new Job(options, plan, table, inputBytes, start);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, job);
    JobReport report = Jobs.run(pipeline);
    return Summary.print(report, options.getMaxRejects(), job.rejectsFolder(), start);
  }

  /**
   * All that the pipeline is built from.
   *
   * @param inputBytes about how many bytes the input has, decompressed
   * @param start names the folder of rejections
   */
  record Job(
      ImportOptions options, ImportPlan plan, TableInfo table, long inputBytes, Instant start) {

    String rejectsFolder() {
      String folder = options.getRejects();
      return folder == null
          ? null
          : (folder.endsWith("/") ? folder : folder + "/") + FOLDER_TIME.format(start);
    }

    /** What the report says of the job, beside the counts. */
    Map<String, Object> properties() {
      Map<String, Object> properties = new TreeMap<>();
      properties.put("pipeline", "import");
      properties.put("runner", options.getRunner().getSimpleName());
      properties.put("input", String.join(",", plan.input()));
      properties.put("table", table.name());
      properties.put("started", start.toString());
      if (rejectsFolder() != null) {
        properties.put("rejects", rejectsFolder());
      }
      return properties;
    }
  }

  static void build(Pipeline pipeline, Job job) {
    ImportOptions options = job.options();
    ImportPlan plan = job.plan();
    KeySchema schema = job.table().keySchema();
    Ledger ledger = new Ledger();
    pipeline
        .apply(
            "Read items",
            ReadItems.from(plan.input(), plan.format()).withKey(schema, plan.keyFrom()))
        .into(ledger)
        .apply(
            "Deduplicate",
            Deduplicate.by(schema)
                .keeping(options.getDedupe())
                .orderedBy(options.getOrderBy())
                .intoBuckets(buckets(options, job.inputBytes())))
        .into(ledger)
        .apply("Gate", Gate.closingAbove(options.getMaxRejects(), ledger.tallies()))
        .into(ledger)
        .apply(
            "Write table",
            WriteTable.to(job.table().name(), schema)
                .withClient(Aws.dynamodb(options))
                .withEngine(plan.engine())
                .withCheckedItems())
        .closeInto(ledger);
    if (job.rejectsFolder() != null) {
      ledger.rejections().apply("Write rejections", WriteRejections.to(job.rejectsFolder()));
    }
    ledger.tallies().apply("Report", Report.of(job.properties()).to(options.getReport()));
  }

  /** A bucket is small enough for the estimate to be wrong by some factor. */
  private static int buckets(ImportOptions options, long inputBytes) {
    long parallelism =
        Math.max(4L * Runtime.getRuntime().availableProcessors(), options.getShards());
    return (int) Math.min(1 << 20, Math.max(parallelism, inputBytes / BUCKET_BYTES));
  }

  private static long inputBytes(List<String> input) {
    try {
      return InputFiles.match(input).stream().mapToLong(InputFiles::decompressedBytes).sum();
    } catch (FileNotFoundException e) {
      throw new JobException("--input: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "--input=" + String.join(",", input) + " cannot be listed: " + Causes.oneLine(e), e);
    }
  }

  private static TableInfo table(ImportOptions options, ImportPlan plan) {
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      TableInfo table =
          DescribeTable.named(plan.table(), client).orElseGet(() -> create(plan, client));
      if (plan.newKey() != null && !plan.newKey().equals(table.keySchema())) {
        throw new JobException(
            "the table "
                + plan.table()
                + " has the key "
                + table.keySchema()
                + ", not "
                + plan.newKey()
                + " as --partitionKey and --sortKey say");
      }
      KeyAttribute partitionKey = table.keySchema().partitionKey();
      if (plan.keyFrom().source() != KeyFrom.Source.RECORD
          && partitionKey.type() != KeyAttribute.Type.S) {
        throw new JobException(
            "--keyFrom="
                + options.getKeyFrom()
                + " makes a string, but the partition key of "
                + plan.table()
                + " is "
                + partitionKey);
      }
      return table;
    } catch (JobException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new JobException(
          "the table "
              + plan.table()
              + " at "
              + Aws.dynamodbName(options)
              + " cannot be described: "
              + Causes.oneLine(e),
          e);
    }
  }

  private static TableInfo create(ImportPlan plan, DynamoDbClient client) {
    if (plan.billing() == null) {
      throw new JobException(
          "the table "
              + plan.table()
              + " does not exist; to create it, give --createTable=ON_DEMAND"
              + " --partitionKey=name:S");
    }
    return CreateTable.named(plan.table(), plan.newKey(), plan.billing(), client);
  }
}
