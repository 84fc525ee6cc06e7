/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.job.Jobs;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.table.TableJson;
import io.sluice.localaws.dynamodb.table.TableNames;
import java.io.IOException;
import java.util.Optional;

/** Writes what answers say of imports. */
final class ImportJson {

  private ImportJson() {}

  /** Describes an import as it is at this moment. */
  static Answer description(TableImport job) {
    Optional<TableImport.End> end = job.end();
    return json -> {
      json.writeObjectFieldStart("ImportTableDescription");
      writeStart(json, job, end);
      json.writeStringField("TableId", job.table().id().toString());
      json.writeStringField("ClientToken", job.request().token());
      if (job.request().tree().containsKey("InputFormatOptions")) {
        json.writeFieldName("InputFormatOptions");
        JsonTree.write(json, job.request().tree().get("InputFormatOptions"));
      }
      json.writeStringField("InputCompressionType", job.request().compression().name());
      json.writeFieldName("TableCreationParameters");
      JsonTree.write(json, job.request().table());
      Counts counts = end.map(TableImport.End::counts).orElse(Counts.NONE);
      json.writeNumberField("ProcessedItemCount", counts.processed());
      json.writeNumberField("ImportedItemCount", counts.imported());
      json.writeNumberField("ErrorCount", counts.errors());
      if (end.isPresent()) {
        TableJson.writeTime(json, "EndTime", end.get().time());
        json.writeNumberField("ProcessedSizeBytes", counts.bytes());
        if (end.get().failure().isPresent()) {
          Failure failure = end.get().failure().get();
          json.writeStringField("FailureCode", failure.code());
          json.writeStringField("FailureMessage", failure.message());
        }
      }
      json.writeEndObject();
    };
  }

  private static void writeStart(JsonGenerator json, TableImport job, Optional<TableImport.End> end)
      throws IOException {
    json.writeStringField("ImportArn", job.arn());
    json.writeStringField("ImportStatus", TableImport.End.status(end));
    json.writeStringField("TableArn", job.table().arn());
    json.writeObjectFieldStart("S3BucketSource");
    json.writeStringField("S3BucketOwner", job.request().owner().orElse(TableNames.ACCOUNT));
    json.writeStringField("S3Bucket", job.request().bucket());
    if (!job.request().prefix().isEmpty()) {
      json.writeStringField("S3KeyPrefix", job.request().prefix());
    }
    json.writeEndObject();
    json.writeStringField(
        "CloudWatchLogGroupArn",
        "arn:aws:logs:"
            + job.region()
            + ":"
            + TableNames.ACCOUNT
            + ":log-group:/aws-dynamodb/imports:*");
    json.writeStringField("InputFormat", job.request().format());
    TableJson.writeTime(json, "StartTime", job.started());
  }

  /** Summarises a page of imports. */
  static Answer summaries(Jobs.Page<TableImport> page) {
    return json -> {
      json.writeArrayFieldStart("ImportSummaryList");
      for (TableImport job : page.jobs()) {
        Optional<TableImport.End> end = job.end();
        json.writeStartObject();
        writeStart(json, job, end);
        if (end.isPresent()) {
          TableJson.writeTime(json, "EndTime", end.get().time());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      if (page.next().isPresent()) {
        json.writeStringField("NextToken", page.next().get());
      }
    };
  }
}
