/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.job.Jobs;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.table.TableJson;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes what answers say of bulk operations. The only count is FailedItemCount; all counts are in
 * the manifest of the report.
 */
final class BulkJson {

  private BulkJson() {}

  /** Describes a bulk put as it is at this moment. */
  static Answer description(BulkPut job) {
    Optional<BulkPut.End> end = job.end();
    BulkPut.Counts counts = end.map(BulkPut.End::counts).orElseGet(job::counts);
    String status = job.status(end);
    return json -> {
      json.writeObjectFieldStart("BulkOperationDescription");
      json.writeStringField("BulkOperationArn", job.arn());
      json.writeStringField("BulkOperationStatus", status);
      json.writeArrayFieldStart("TableDetails");
      json.writeStartObject();
      json.writeStringField("TableName", job.table().definition().name());
      json.writeStringField("TableId", job.table().id().toString());
      json.writeEndObject();
      json.writeEndArray();
      json.writeStringField("ClientToken", job.request().token());
      writeAsRequested(json, job, "InputS3Configuration");
      writeAsRequested(json, job, "OutputS3Configuration");
      writeAsRequested(json, job, "MaxWriteRequestUnits");
      json.writeStringField("PerformanceTier", job.request().tier());
      TableJson.writeTime(json, "StartTime", job.started());
      json.writeNumberField("FailedItemCount", counts.failed());
      writeUsage(json, job, counts);
      if (end.isPresent()) {
        TableJson.writeTime(json, "EndTime", end.get().time());
        if (end.get().failure().isPresent()) {
          Failure failure = end.get().failure().get();
          json.writeStringField("FailureCode", failure.code());
          json.writeStringField("FailureMessage", failure.message());
        }
      }
      json.writeEndObject();
    };
  }

  private static void writeAsRequested(JsonGenerator json, BulkPut job, String name)
      throws IOException {
    Object member = job.request().tree().get(name);
    if (member != null) {
      json.writeFieldName(name);
      JsonTree.write(json, member);
    }
  }

  private static void writeUsage(JsonGenerator json, BulkPut job, BulkPut.Counts counts)
      throws IOException {
    json.writeArrayFieldStart("BulkOperationUsage");
    json.writeStartObject();
    json.writeStringField("TableName", job.table().definition().name());
    json.writeNumberField("BulkPutBytes", counts.bytes());
    json.writeObjectFieldStart("Table");
    json.writeNumberField("BulkPutBytes", counts.bytes());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  /** Says that a bulk put is being cancelled. */
  static Answer cancelling(BulkPut job) {
    return json -> {
      json.writeStringField("BulkOperationArn", job.arn());
      json.writeStringField("BulkOperationStatus", "CANCELLING");
    };
  }

  /** Summarises a page of bulk puts. */
  static Answer summaries(Jobs.Page<BulkPut> page) {
    return json -> {
      json.writeArrayFieldStart("BulkOperationsSummaryList");
      for (BulkPut job : page.jobs()) {
        Optional<BulkPut.End> end = job.end();
        json.writeStartObject();
        json.writeStringField("BulkOperationArn", job.arn());
        json.writeStringField("BulkOperationStatus", job.status(end));
        TableJson.writeTime(json, "StartTime", job.started());
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
