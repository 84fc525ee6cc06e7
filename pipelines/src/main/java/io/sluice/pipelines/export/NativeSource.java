/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import io.sluice.dynamodb.table.TableInfo;
import io.sluice.format.ReaderSettings;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.nativeexport.ExportManifest;
import io.sluice.format.nativeexport.ExportSummary;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.page.ReadTime;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.SluiceOptions;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.job.Aws;
import io.sluice.pipelines.job.EmbeddedEngine;
import io.sluice.pipelines.table.NativeExportTable;
import io.sluice.pipelines.table.TableNames;
import io.sluice.source.ReadExport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;

/** Finds the native export that is read in place of the table, or has DynamoDB make one. */
final class NativeSource {
  /** The folder of the exports that are asked for, in the output; readers ignore it by its name. */
  private static final String FOLDER = "_exports";

  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 20_000;

  private NativeSource() {}

  /** Reads the export as a scan would read the table. */
  static ReadExport read(ExportJob job) {
    ExportManifest export = job.export();
    ExportSummary summary = export.summary();
    ReadExport read =
        ReadExport.of(
            export.files(),
            export.checks(),
            FileFormat.valueOf(summary.dataFormat()).reader(ReaderSettings.NONE),
            job.table().keySchema(),
            timeOf(summary));
    read = EmbeddedEngine.isDirect(job.options()) ? read.withSpool() : read;
    return job.plan().output() == null ? read : read.withParts(job.plan().fileBytes());
  }

  /** An export of ours is of a scan, and does not say by which clock. */
  private static ReadTime timeOf(ExportSummary summary) {
    long time = summary.exportTime().toEpochMilli();
    return summary.isOfScan()
        ? ReadTime.ofWorker(time, summary.end() == null ? time : summary.end().toEpochMilli())
        : ReadTime.at(time);
  }

  /**
   * Reads the manifests of the export.
   *
   * @throws JobException when there is none, it is not of this table, or DynamoDB makes none
   */
  static ExportManifest of(
      SluiceOptions options, ExportPlan plan, TableInfo table, Console console) {
    String location = plan.source().location();
    String place = location == null ? asked(options, plan, table, console) : location;
    try {
      String folder = ExportManifest.folderOf(place);
      if (folder == null) {
        throw new JobException(
            "--source=NATIVE_EXPORT="
                + place
                + " is no export: no folder with a manifest-summary.json");
      }
      ExportManifest export = ExportManifest.read(folder);
      check(export, table);
      return export;
    } catch (UnreadableFileException e) {
      throw new JobException(UserMessages.oneLine(e), e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof JobException known) {
        throw known;
      }
      throw new JobException(place + " cannot be read: " + UserMessages.oneLine(e), e);
    }
  }

  private static void check(ExportManifest export, TableInfo table) {
    ExportSummary summary = export.summary();
    NativeExportTable.check(export.folder(), summary, table.name());
    if (summary.exportTime() == null) {
      throw new JobException(export.folder() + " does not say of which time it is");
    }
  }

  /** Has DynamoDB export the table into the output's bucket, and waits for the end of it. */
  private static String asked(
      SluiceOptions options, ExportPlan plan, TableInfo table, Console console) {
    String path = plan.output().substring("s3://".length());
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    String within = slash < 0 ? "" : path.substring(slash + 1).replaceFirst("/+$", "");
    String prefix = within.isEmpty() ? FOLDER : within + "/" + FOLDER;
    try (DynamoDbClient client = Aws.dynamodbClient(options)) {
      ExportDescription begun =
          client
              .exportTableToPointInTime(
                  request ->
                      request
                          .tableArn(table.arn())
                          .s3Bucket(bucket)
                          .s3BucketOwner(plan.source().lakeAccount())
                          .s3Prefix(prefix)
                          .exportFormat(ExportFormat.DYNAMODB_JSON))
              .exportDescription();
      String id = TableNames.plain(begun.exportArn());
      String place = "s3://" + bucket + "/" + prefix + "/" + id;
      console.tell(
          "DynamoDB exports %s, which takes minutes whatever its size; if this program ends before,"
                  .formatted(table.name())
              + " --source=NATIVE_EXPORT="
              + place
              + " goes on from there");
      ExportDescription done = await(client, begun);
      if (done.exportStatus() != ExportStatus.COMPLETED) {
        throw new JobException(
            "DynamoDB could not export the table %s: %s (%s)"
                .formatted(table.name(), done.failureMessage(), done.failureCode()));
      }
      return place;
    } catch (PointInTimeRecoveryUnavailableException e) {
      throw new JobException(
          "the table %s has no point-in-time recovery, without which DynamoDB exports nothing: turn it"
                  .formatted(table.name())
              + " on, or scan the table (--source=SCAN)",
          e);
    } catch (JobException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new JobException(
          "the table %s cannot be exported to s3://%s/%s: %s"
              .formatted(table.name(), bucket, prefix, UserMessages.oneLine(e)),
          e);
    }
  }

  private static ExportDescription await(DynamoDbClient client, ExportDescription begun) {
    ExportDescription now = begun;
    long pause = FIRST_PAUSE_MILLIS;
    while (now.exportStatus() == ExportStatus.IN_PROGRESS) {
      try {
        TimeUnit.MILLISECONDS.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new JobException("interrupted while DynamoDB exported the table", e);
      }
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
      now = client.describeExport(d -> d.exportArn(begun.exportArn())).exportDescription();
    }
    return now;
  }
}
