/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Writes commits as JSON, and reads them strictly: what is missing or of another kind fails. */
final class CommitJson {
  /** The version of the format that this code writes. */
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CommitJson() {}

  static byte[] write(FeedCommit commit) {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    root.put("number", commit.number());
    root.put("run", commit.run());
    root.put("table", commit.table());
    root.put("stream", commit.stream());
    root.put("view", commit.view());
    root.put("start", commit.start().toString());
    root.put("completeFrom", commit.completeFrom().toString());
    root.put("completeThrough", commit.completeThrough().toString());
    root.put("records", commit.records());
    root.put("late", commit.late());
    root.put("gap", commit.gap());
    for (DeltaFile file : commit.files()) {
      root.withArray("files")
          .addObject()
          .put("name", file.name())
          .put("records", file.records())
          .put("bytes", file.bytes())
          .put("md5", file.md5())
          .put("shard", file.shard())
          .put("first", file.first().toString())
          .put("last", file.last().toString());
    }
    for (ShardPosition shard : commit.shards()) {
      root.withArray("shards")
          .addObject()
          .put("shard", shard.shard())
          .put("parent", shard.parent())
          .put("lastSequence", shard.lastSequence())
          .put("drained", shard.drained())
          .put("readAt", shard.readAt() == null ? null : shard.readAt().toString());
    }
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  /**
   * Reads a commit.
   *
   * @throws IOException when the bytes are not one, of a version that is known
   */
  static FeedCommit read(byte[] json) throws IOException {
    JsonNode root = JSON.readTree(json);
    if (root == null || root.path("formatVersion").asInt() != VERSION) {
      throw new IOException("it is no commit of version " + VERSION);
    }
    try {
      List<DeltaFile> files = new ArrayList<>();
      for (JsonNode file : root.path("files")) {
        files.add(
            new DeltaFile(
                text(file, "name"),
                number(file, "records"),
                number(file, "bytes"),
                text(file, "md5"),
                text(file, "shard"),
                time(file, "first"),
                time(file, "last")));
      }
      List<ShardPosition> shards = new ArrayList<>();
      for (JsonNode shard : root.path("shards")) {
        shards.add(
            new ShardPosition(
                text(shard, "shard"),
                optional(shard, "parent"),
                optional(shard, "lastSequence"),
                shard.path("drained").booleanValue(),
                optional(shard, "readAt") == null ? null : time(shard, "readAt")));
      }
      FeedCommit commit =
          new FeedCommit(
              number(root, "number"),
              text(root, "run"),
              text(root, "table"),
              text(root, "stream"),
              text(root, "view"),
              time(root, "start"),
              time(root, "completeFrom"),
              time(root, "completeThrough"),
              number(root, "late"),
              optional(root, "gap"),
              files,
              shards);
      if (number(root, "records") != commit.records()) {
        throw new IOException("its files have another number of records than it says");
      }
      return commit;
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static String text(JsonNode node, String name) throws IOException {
    String text = node.path(name).textValue();
    if (text == null) {
      throw new IOException("its member " + name + " is missing or no text");
    }
    return text;
  }

  private static @Nullable String optional(JsonNode node, String name) throws IOException {
    return node.path(name).isNull() ? null : text(node, name);
  }

  private static long number(JsonNode node, String name) throws IOException {
    JsonNode number = node.path(name);
    if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
      throw new IOException("its member " + name + " is missing or no count");
    }
    return number.longValue();
  }

  private static Instant time(JsonNode node, String name) throws IOException {
    return Instant.parse(text(node, name));
  }
}
