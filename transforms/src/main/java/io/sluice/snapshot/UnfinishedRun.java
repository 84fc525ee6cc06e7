/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A run of an export that keeps what it scans until its snapshot is published, so that another
 * start of it can go on.
 *
 * @param run the run, whose start is the first one
 * @param time the time of its snapshot
 * @param table identifies the table: another one of the same name has another
 * @param segments of the scan, 1 to 1,000,000
 * @param groups into how many the segments are divided, 1 to segments
 * @param scan the options that decide what is read, by their names
 */
public record UnfinishedRun(
    Run run, SnapshotTime time, String table, int segments, int groups, Map<String, String> scan) {
  private static final int VERSION = 1;
  private static final int MOST_SEGMENTS = 1_000_000;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public UnfinishedRun {
    if (segments < 1 || segments > MOST_SEGMENTS || groups < 1 || groups > segments) {
      throw new IllegalArgumentException(
          "segments %d must be 1 to 1,000,000, and groups %d 1 to segments"
              .formatted(segments, groups));
    }
    scan = Collections.unmodifiableMap(new TreeMap<>(scan));
  }

  byte[] toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    root.put("run", run.id());
    root.put("snapshotTime", time.toString());
    root.put("table", table);
    root.put("segments", segments);
    root.put("groups", groups);
    ObjectNode options = root.putObject("scan");
    scan.forEach(options::put);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IOException when it is something else, or of another version
   */
  static UnfinishedRun parse(byte[] json) throws IOException {
    JsonNode root = JSON.readTree(json);
    if (root == null || root.path("formatVersion").asInt() != VERSION) {
      throw new IOException("it is no unfinished run of version " + VERSION);
    }
    TreeMap<String, String> options = new TreeMap<>();
    root.path("scan")
        .fields()
        .forEachRemaining(e -> options.put(e.getKey(), e.getValue().asText()));
    try {
      return new UnfinishedRun(
          Run.parse(root.path("run").asText()),
          SnapshotTime.parse(root.path("snapshotTime").asText()),
          root.path("table").asText(),
          root.path("segments").asInt(),
          root.path("groups").asInt(),
          options);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
