/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

import static io.sluice.localaws.dynamodb.request.Shape.optional;
import static io.sluice.localaws.dynamodb.request.Shape.required;
import static io.sluice.localaws.dynamodb.request.Shape.struct;
import static io.sluice.localaws.dynamodb.request.Shape.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.operation.Answer;
import io.sluice.localaws.dynamodb.request.Fields;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.request.Shape;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Does FilterLogEvents of CloudWatch Logs, for the errors of imports and nothing else: without a
 * pattern, all events of the streams whose names begin with a prefix.
 */
final class ImportLogs {

  /** Names the operation as its whole target does. */
  static final String TARGET = "Logs_20140328.FilterLogEvents";

  private static final String GROUP = "/aws-dynamodb/imports";
  private static final int MOST_EVENTS = 10_000;

  private static final Shape.Struct FILTER =
      struct(
          "FilterLogEventsRequest",
          required("logGroupName", text(1, 512)),
          optional("logStreamNamePrefix", text(1, 512)),
          optional("nextToken", text("[0-9]{1,9}", 1, 9)),
          optional("limit", new Shape.Whole("Integer", 1, MOST_EVENTS)));

  private final Buckets buckets;

  /**
   * Holds an event.
   *
   * @param time when its import ended
   */
  private record Event(String stream, Instant time, String message) {}

  ImportLogs(Buckets buckets) {
    this.buckets = buckets;
  }

  /** Answers a request about these imports, the latest first. */
  Answer filter(JsonParser json, List<TableImport> imports) throws IOException {
    Fields request = FILTER.read(JsonTree.read(json));
    if (!request.text("logGroupName").orElseThrow().equals(GROUP)) {
      throw DynamoDbException.of(
          "ResourceNotFoundException", "The specified log group does not exist.");
    }
    List<Event> events = events(request.text("logStreamNamePrefix").orElse(""), imports);
    int from = Math.min(events.size(), request.text("nextToken").map(Integer::valueOf).orElse(0));
    int to = (int) Math.min(events.size(), from + request.whole("limit").orElse(MOST_EVENTS));
    return out -> write(out, events.subList(from, to), to < events.size() ? to : -1);
  }

  private List<Event> events(String prefix, List<TableImport> imports) throws IOException {
    List<Event> events = new ArrayList<>();
    for (TableImport job : imports) {
      String stream = job.id() + "/error";
      Optional<TableImport.End> end = job.end();
      if (stream.startsWith(prefix) && end.isPresent()) {
        for (String line : lines(job.request().bucket(), ErrorLog.FOLDER + stream)) {
          events.add(new Event(stream, end.get().time(), line));
        }
      }
    }
    return events;
  }

  private List<String> lines(String bucket, String key) throws IOException {
    if (!buckets.list(bucket, key).contains(key)) {
      return List.of();
    }
    try (InputStream in = buckets.read(bucket, key)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static void write(JsonGenerator json, List<Event> events, int next) throws IOException {
    json.writeArrayFieldStart("events");
    for (Event event : events) {
      json.writeStartObject();
      json.writeStringField("logStreamName", event.stream());
      json.writeNumberField("timestamp", event.time().toEpochMilli());
      json.writeStringField("message", event.message());
      json.writeNumberField("ingestionTime", event.time().toEpochMilli());
      json.writeEndObject();
    }
    json.writeEndArray();
    if (next >= 0) {
      json.writeStringField("nextToken", Integer.toString(next));
    }
  }
}
