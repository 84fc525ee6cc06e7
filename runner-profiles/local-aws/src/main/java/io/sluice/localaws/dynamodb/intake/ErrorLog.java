/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Collects the errors of an import.
 *
 * <p>The service writes them to CloudWatch Logs: to the group {@code /aws-dynamodb/imports} and the
 * stream {@code <import id>/error}, a JSON object for each. Here they are lines of the object
 * {@code aws-dynamodb/imports/<import id>/error} in the bucket that the import reads, which imports
 * themselves never read.
 */
final class ErrorLog {

  /** Begins the keys of all such objects. */
  static final String FOLDER = "aws-dynamodb/imports/";

  /** Limits the log, so that it fits into memory; further errors are only counted. */
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private final TableImport job;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private long unlisted;

  ErrorLog(TableImport job) {
    this.job = job;
  }

  /**
   * Adds an error.
   *
   * @param key of the object
   * @param index of the record in the object, from 0 on
   */
  void add(String key, long index, String message) throws IOException {
    if (lines.size() > MAX_BYTES) {
      unlisted++;
      return;
    }
    try (JsonGenerator json = JSON.createGenerator(lines)) {
      json.writeStartObject();
      json.writeObjectFieldStart("itemS3Pointer");
      json.writeStringField("bucket", job.request().bucket());
      json.writeStringField("key", key);
      json.writeNumberField("itemIndex", index);
      json.writeEndObject();
      writeMessage(json, message);
      json.writeEndObject();
    }
    lines.write('\n');
  }

  private void writeMessage(JsonGenerator json, String message) throws IOException {
    json.writeStringField("importArn", job.arn());
    json.writeArrayFieldStart("errorMessages");
    json.writeString(message);
    json.writeEndArray();
  }

  /** Writes the log, if there are errors; its last line counts those that it has no place for. */
  void write(Buckets buckets) throws IOException {
    if (unlisted > 0) {
      try (JsonGenerator json = JSON.createGenerator(lines)) {
        json.writeStartObject();
        writeMessage(json, unlisted + " more errors are not listed");
        json.writeEndObject();
      }
      lines.write('\n');
    }
    if (lines.size() > 0) {
      buckets.write(job.request().bucket(), FOLDER + job.id() + "/error", lines.toByteArray());
    }
  }
}
