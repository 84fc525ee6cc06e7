/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bulk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.bucket.Draft;
import io.sluice.localaws.dynamodb.value.Value;
import io.sluice.localaws.dynamodb.value.ValueJson;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Reports the records that were not put.
 *
 * <p>A report is in {@code <S3KeyPrefix>/AWSDynamoDB/bulk-operation/<operation id>/}: for each
 * OutputType with records {@code <type>/records.json.gz}, and last of all {@code manifest.json},
 * which lists these and has all counts. Each line has where the record is, what is wrong, the item,
 * and the one that is in the table if a condition was not met. The layout is this server's own.
 */
final class BulkReport implements Closeable {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String FILE = "/records.json.gz";

  private final BulkPut job;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final List<Draft> drafts = new ArrayList<>();

  /** Writes the lines of one type. */
  private static final class Part {
    private final Draft draft;
    private final JsonGenerator json;
    private long records;

    Part(Draft draft) throws IOException {
      this.draft = draft;
      json = JSON.createGenerator(new GZIPOutputStream(draft.out()));
      json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }
  }

  /**
   * Says where a record is.
   *
   * @param index in the object, from 0 on
   */
  record Place(String key, long index) {}

  BulkReport(BulkPut job) {
    this.job = job;
  }

  /** Adds a record, if its type is wanted. */
  void add(
      String type,
      Place place,
      String message,
      Optional<Map<String, Value>> item,
      Optional<Map<String, Value>> existing)
      throws IOException {
    if (!job.request().outputTypes().contains(type)) {
      return;
    }
    Part part = parts.get(type);
    if (part == null) {
      Draft draft = new Draft();
      drafts.add(draft);
      part = new Part(draft);
      parts.put(type, part);
    }
    part.records++;
    JsonGenerator json = part.json;
    json.writeStartObject();
    json.writeObjectFieldStart("itemS3Pointer");
    json.writeStringField("bucket", job.request().inputBucket());
    json.writeStringField("key", place.key());
    json.writeNumberField("itemIndex", place.index());
    json.writeEndObject();
    json.writeStringField("errorMessage", message);
    write(json, "Item", item);
    write(json, "ExistingItem", existing);
    json.writeEndObject();
    json.writeRaw('\n');
  }

  private static void write(JsonGenerator json, String name, Optional<Map<String, Value>> item)
      throws IOException {
    if (item.isPresent()) {
      json.writeFieldName(name);
      ValueJson.writeItem(json, item.get());
    }
  }

  /** Writes the report. */
  void write(Buckets buckets, Instant ended) throws IOException {
    String bucket = job.request().outputBucket();
    for (Part part : parts.values()) {
      part.json.close();
    }
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      buckets.write(bucket, job.folder() + part.getKey() + FILE, part.getValue().draft.file());
    }
    ByteArrayOutputStream manifest = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(manifest)) {
      writeManifest(json, ended);
    }
    buckets.write(bucket, job.folder() + "manifest.json", manifest.toByteArray());
  }

  /** Forgets the lines. */
  @Override
  public void close() throws IOException {
    for (Draft draft : drafts) {
      draft.close();
    }
  }

  private void writeManifest(JsonGenerator json, Instant ended) throws IOException {
    BulkPut.Counts counts = job.counts();
    json.writeStartObject();
    json.writeStringField("bulkOperationArn", job.arn());
    json.writeStringField("tableArn", job.table().arn());
    json.writeStringField("startTime", job.started().toString());
    json.writeStringField("endTime", ended.toString());
    json.writeNumberField("processedItemCount", counts.processed());
    json.writeNumberField("writtenItemCount", counts.written());
    json.writeNumberField("failedItemCount", counts.failed());
    json.writeNumberField("conditionCheckFailureCount", counts.unmet());
    json.writeArrayFieldStart("files");
    for (Map.Entry<String, Part> part : parts.entrySet()) {
      json.writeStartObject();
      json.writeStringField("outputType", part.getKey());
      json.writeNumberField("itemCount", part.getValue().records);
      json.writeStringField("dataFileS3Key", job.folder() + part.getKey() + FILE);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
