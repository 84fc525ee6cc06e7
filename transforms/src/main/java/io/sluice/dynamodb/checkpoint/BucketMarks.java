/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The folder in which the JVMs of a job keep which buckets of keys are written to its table, and
 * with how many items each. Files are only added, and say what is true whoever reads them: of two
 * starts at once each adds its own.
 *
 * @param folder ending in a slash; it holds nothing else, and belongs to what is written: the same
 *     items for the same table
 * @param buckets over how many buckets the keys are spread, 1 or more
 */
public record BucketMarks(String folder, int buckets) implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;
  private static final int MOST_BUCKETS = 1 << 20;
  private static final String ENDING = ".json";
  private static final String TYPE = "application/json";

  public BucketMarks {
    if (!folder.endsWith("/") || buckets < 1) {
      throw new IllegalArgumentException(
          "the folder %s must end in a slash, and the buckets %d must be 1 or more"
              .formatted(folder, buckets));
    }
  }

  /**
   * A file of marks.
   *
   * @param table the identity of the table ({@code DescribeTable.identityOf})
   * @param buckets over how many buckets the keys are spread
   * @param written the items of each bucket that is written
   */
  record Marks(String table, int buckets, SortedMap<Integer, Long> written) {}

  /**
   * Adds a file.
   *
   * @param name of the file, without its ending, that nobody else uses
   */
  void add(String name, String table, Map<Integer, Long> written) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("formatVersion", VERSION);
    root.put("table", table);
    root.put("buckets", buckets);
    ArrayNode all = root.putArray("written");
    written.forEach((bucket, items) -> all.addArray().add(bucket).add(items));
    Storage.createNew(folder + name + ENDING, JSON.writeValueAsBytes(root), TYPE);
  }

  /** Deletes a file that was {@link #add added}. */
  void remove(String name) throws IOException {
    FileSystems.delete(List.of(FileSystems.matchNewResource(folder + name + ENDING, false)));
  }

  /** Lists the files of a folder. */
  static List<MatchResult.Metadata> files(String folder) throws IOException {
    return Storage.match(Glob.escape(folder) + "*" + ENDING);
  }

  /** Deletes all files of a folder. */
  public static void delete(String folder) throws IOException {
    FileSystems.delete(files(folder).stream().map(MatchResult.Metadata::resourceId).toList());
  }

  /**
   * Reads the files of a folder; one that its JVM replaces meanwhile by another may be left out.
   *
   * @throws IOException when one cannot be read; the message has its name
   */
  static List<Marks> read(String folder) throws IOException {
    List<Marks> all = new ArrayList<>();
    for (MatchResult.Metadata file : files(folder)) {
      ResourceId name = file.resourceId();
      byte[] json;
      try (InputStream in = Channels.newInputStream(FileSystems.open(name))) {
        json = in.readAllBytes();
      } catch (FileNotFoundException e) {
        continue;
      }
      all.add(parse(json, name));
    }
    return all;
  }

  private static Marks parse(byte[] json, ResourceId name) throws IOException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw unusable(name, e);
    }
    if (root == null
        || root.path("formatVersion").asInt() != VERSION
        || !root.path("table").isTextual()
        || !root.path("buckets").isInt()
        || root.path("buckets").intValue() < 1
        || root.path("buckets").intValue() > MOST_BUCKETS
        || !root.path("written").isArray()) {
      throw unusable(name, null);
    }
    SortedMap<Integer, Long> written = new TreeMap<>();
    for (JsonNode mark : root.get("written")) {
      written.put(mark.path(0).asInt(), mark.path(1).asLong());
    }
    return new Marks(root.get("table").textValue(), root.get("buckets").intValue(), written);
  }

  private static IOException unusable(ResourceId name, Exception why) {
    return new IOException(
        name
            + " should have what an earlier start has written, and cannot be used; without it that"
            + " is written again",
        why);
  }
}
