/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.job.Jobs;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.table.TableJson;
import java.io.IOException;
import java.util.Optional;

/** Writes what answers say of exports. */
final class ExportJson {

  private ExportJson() {}

  /** Describes an export as it is at this moment. */
  static Answer description(Export export) {
    Optional<Export.End> end = export.end();
    return json -> {
      json.writeObjectFieldStart("ExportDescription");
      json.writeStringField("ExportArn", export.arn());
      json.writeStringField("ExportStatus", Export.End.status(end));
      TableJson.writeTime(json, "StartTime", export.started());
      if (end.isPresent()) {
        writeEnd(json, end.get());
      }
      json.writeStringField("TableArn", export.table().arn());
      json.writeStringField("TableId", export.table().id().toString());
      writeRequest(json, export);
      json.writeStringField("DestinationType", "S3");
      json.writeEndObject();
    };
  }

  private static void writeEnd(JsonGenerator json, Export.End end) throws IOException {
    TableJson.writeTime(json, "EndTime", end.time());
    if (end.done().isPresent()) {
      Export.Done done = end.done().get();
      json.writeStringField("ExportManifest", done.manifest());
      json.writeNumberField("BilledSizeBytes", done.bytes());
      json.writeNumberField("ItemCount", done.items());
    }
    if (end.failure().isPresent()) {
      Failure failure = end.failure().get();
      json.writeStringField("FailureCode", failure.code());
      json.writeStringField("FailureMessage", failure.message());
    }
  }

  private static void writeRequest(JsonGenerator json, Export export) throws IOException {
    ExportRequest request = export.request();
    json.writeStringField("ClientToken", request.token());
    json.writeStringField("S3Bucket", request.bucket());
    writeIfPresent(json, "S3BucketOwner", request.owner());
    writeIfPresent(json, "S3Prefix", request.prefix());
    json.writeStringField("S3SseAlgorithm", request.sseAlgorithm());
    writeIfPresent(json, "S3SseKmsKeyId", request.sseKey());
    json.writeStringField("ExportFormat", request.format().name());
    if (request.window().isEmpty()) {
      TableJson.writeTime(json, "ExportTime", request.time().orElse(export.started()));
      return;
    }
    ExportRequest.Window window = request.window().get();
    json.writeStringField("ExportType", "INCREMENTAL_EXPORT");
    json.writeObjectFieldStart("IncrementalExportSpecification");
    TableJson.writeTime(json, "ExportFromTime", window.from());
    TableJson.writeTime(json, "ExportToTime", window.to());
    json.writeStringField("ExportViewType", window.viewType());
    json.writeEndObject();
  }

  private static void writeIfPresent(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  /** Summarises a page of exports. */
  static Answer summaries(Jobs.Page<Export> page) {
    return json -> {
      json.writeArrayFieldStart("ExportSummaries");
      for (Export export : page.jobs()) {
        json.writeStartObject();
        json.writeStringField("ExportArn", export.arn());
        json.writeStringField("ExportStatus", Export.End.status(export.end()));
        json.writeStringField(
            "ExportType",
            export.request().window().isPresent() ? "INCREMENTAL_EXPORT" : "FULL_EXPORT");
        json.writeEndObject();
      }
      json.writeEndArray();
      writeIfPresent(json, "NextToken", page.next());
    };
  }
}
