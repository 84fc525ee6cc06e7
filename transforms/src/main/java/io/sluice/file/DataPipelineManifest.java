/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The list of its files that a backup of AWS Data Pipeline has: {@code {"name":"DynamoDB-export",
 * "version":3,"entries":[{"url":"s3://…","mandatory":true}]}}.
 */
public final class DataPipelineManifest {
  /** Every manifest has this name. */
  static final String FILENAME = "manifest";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DataPipelineManifest() {}

  /** Whether a pattern names a manifest: its last part is {@code manifest}, without a wildcard. */
  public static boolean isManifest(String pattern) {
    String filename = pattern.substring(pattern.lastIndexOf('/') + 1);
    return filename.equals(FILENAME) && !hasWildcard(pattern);
  }

  /**
   * Puts the files that manifests list in the place of the patterns that name manifests; other
   * patterns stay. A file that is not mandatory and not there is left out; one that is mandatory
   * stays, so that matching says that it is missing. The backup of an empty table lists no file, so
   * the result may be empty.
   *
   * <p>The urls are those of the place that the backup was written to. Of a backup that was copied
   * elsewhere, name the folder with a glob and not the manifest.
   *
   * @throws IOException when a manifest is missing, cannot be read, or is none
   */
  public static List<String> expand(List<String> patterns) throws IOException {
    List<String> files = new ArrayList<>();
    for (String pattern : patterns) {
      if (isManifest(pattern)) {
        addEntries(pattern, files);
      } else {
        files.add(pattern);
      }
    }
    return files;
  }

  private static void addEntries(String manifest, List<String> files) throws IOException {
    JsonNode entries = read(manifest).path("entries");
    if (!entries.isArray()) {
      throw invalid(manifest, "it has no list of entries");
    }
    for (JsonNode entry : entries) {
      JsonNode url = entry.path("url");
      if (!url.isTextual() || url.textValue().isEmpty()) {
        throw invalid(manifest, "an entry has no url");
      }
      String file = url.textValue();
      if (hasWildcard(file)) {
        throw invalid(manifest, "a url has a wildcard, and might match files that are not listed");
      }
      if (entry.path("mandatory").asBoolean(true) || exists(file)) {
        files.add(file);
      }
    }
  }

  private static JsonNode read(String manifest) throws IOException {
    MatchResult.Metadata file = FileSystems.matchSingleFileSpec(manifest);
    try (InputStream in = Channels.newInputStream(FileSystems.open(file.resourceId()))) {
      return JSON.readTree(in);
    } catch (JsonProcessingException e) {
      // Its message quotes the file, which may be anything.
      throw invalid(manifest, "it is not JSON");
    }
  }

  private static boolean exists(String file) throws IOException {
    return !FileSystems.match(file, EmptyMatchTreatment.ALLOW).metadata().isEmpty();
  }

  private static boolean hasWildcard(String pattern) {
    return pattern.chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0);
  }

  private static IOException invalid(String manifest, String why) {
    return new IOException(manifest + " is no manifest of a Data Pipeline backup: " + why);
  }
}
