/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Writes the manifest of an export: its files, its summary, and a checksum of each. */
final class Manifest {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final JsonFactory JSON = new JsonFactory();

  private final Buckets buckets;
  private final Export export;

  Manifest(Buckets buckets, Export export) {
    this.buckets = buckets;
    this.export = export;
  }

  /**
   * Writes the manifest.
   *
   * @param ended when the export was done
   * @param billed how many bytes are billed for
   * @return the key of the summary
   */
  String write(DataFiles data, Instant ended, long billed) throws IOException {
    String files = export.folder() + "manifest-files.json";
    write("manifest-files", json -> writeFiles(json, data));
    write(
        "manifest-summary",
        json -> {
          json.writeStartObject();
          writeSummary(json, data, ended, billed, files);
          json.writeEndObject();
        });
    return export.folder() + "manifest-summary.json";
  }

  @FunctionalInterface
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private void write(String name, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
      content.write(json);
    }
    put(name + ".json", bytes.toByteArray());
    put(name + ".md5", Checksums.md5(bytes.toByteArray()).getBytes(US_ASCII));
  }

  private void put(String name, byte[] content) throws IOException {
    buckets.write(export.request().bucket(), export.folder() + name, content);
  }

  private static void writeFiles(JsonGenerator json, DataFiles data) throws IOException {
    for (DataFiles.DataFile file : data.files()) {
      json.writeStartObject();
      json.writeNumberField("itemCount", file.items());
      json.writeStringField("md5Checksum", file.md5());
      json.writeStringField("etag", file.etag());
      json.writeStringField("dataFileS3Key", file.key());
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void writeSummary(
      JsonGenerator json, DataFiles data, Instant ended, long billed, String files)
      throws IOException {
    ExportRequest request = export.request();
    Optional<ExportRequest.Window> window = request.window();
    json.writeStringField("version", window.isPresent() ? "2023-08-01" : "2020-06-30");
    json.writeStringField("exportArn", export.arn());
    writeTime(json, "startTime", export.started());
    writeTime(json, "endTime", ended);
    json.writeStringField("tableArn", export.table().arn());
    json.writeStringField("tableId", export.table().id().toString());
    if (window.isPresent()) {
      writeTime(json, "exportFromTime", window.get().from());
      writeTime(json, "exportToTime", window.get().to());
    } else {
      writeTime(json, "exportTime", request.time().orElse(export.started()));
    }
    json.writeStringField("s3Bucket", request.bucket());
    json.writeStringField("s3Prefix", request.prefix().orElse(null));
    json.writeStringField("s3SseAlgorithm", request.sseAlgorithm());
    json.writeStringField("s3SseKmsKeyId", request.sseKey().orElse(null));
    json.writeStringField("manifestFilesS3Key", files);
    json.writeNumberField("billedSizeBytes", billed);
    json.writeNumberField("itemCount", data.items());
    json.writeStringField("outputFormat", request.format().name());
    if (window.isPresent()) {
      json.writeStringField("outputView", window.get().viewType());
      json.writeStringField("exportType", "INCREMENTAL_EXPORT");
    }
  }

  private static void writeTime(JsonGenerator json, String name, Instant time) throws IOException {
    json.writeStringField(name, TIME.format(time));
  }
}
