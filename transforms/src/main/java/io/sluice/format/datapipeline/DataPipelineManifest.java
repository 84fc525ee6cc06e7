/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.datapipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.ManifestElsewhere;
import io.sluice.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The manifest of an AWS Data Pipeline backup, which lists its files: {@code
 * {"name":"DynamoDB-export","version":3,"entries":[{"url":"s3://…","mandatory":true}]}}.
 */
public final class DataPipelineManifest {
  /** The name of every manifest. */
  static final String FILENAME = "manifest";

  private static final ObjectMapper JSON = new ObjectMapper();

  private DataPipelineManifest() {}

  /** Whether a pattern names a manifest: its last part is {@code manifest}, without a wildcard. */
  public static boolean isManifest(String pattern) {
    String filename = pattern.substring(pattern.lastIndexOf('/') + 1);
    return filename.equals(FILENAME) && !hasWildcard(pattern);
  }

  /**
   * The result of expanding manifests.
   *
   * @param files files of manifests, and other patterns unchanged
   * @param notes messages for people: one line for each manifest with URLs outside its folder
   */
  public record Expanded(List<String> files, List<String> notes) {
    public Expanded {
      files = List.copyOf(files);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Expands manifests as {@link #expand(List, ManifestElsewhere)} does, with {@link
   * ManifestElsewhere#BESIDE}.
   */
  public static List<String> expand(List<String> patterns) throws IOException {
    return expand(patterns, ManifestElsewhere.BESIDE).files();
  }

  /**
   * Replaces patterns that name manifests by the files that those list; other patterns stay. A
   * missing file is left out if it is not mandatory; a mandatory one stays, so that matching
   * reports it as missing. The backup of an empty table lists no file, so the result may be empty.
   *
   * <p>A manifest is data and has no authority: it cannot name a file outside its own folder,
   * whether by another location, by {@code ..}, or on a disk by a symbolic link.
   *
   * @throws IOException when a manifest is missing, cannot be read, or is not one; when two of its
   *     URLs mean the same file next to it, or such a file is mandatory and missing
   */
  public static Expanded expand(List<String> patterns, ManifestElsewhere elsewhere)
      throws IOException {
    List<String> files = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (String pattern : patterns) {
      if (isManifest(pattern)) {
        addEntries(pattern, elsewhere, files, notes);
      } else {
        files.add(pattern);
      }
    }
    return new Expanded(files, notes);
  }

  private static void addEntries(
      String manifest, ManifestElsewhere elsewhere, List<String> files, List<String> notes)
      throws IOException {
    JsonNode entries = read(manifest).path("entries");
    if (!entries.isArray()) {
      throw invalid(manifest, "it has no list of entries");
    }
    ManifestFolder folder = ManifestFolder.of(manifest);
    Map<String, String> urls = new HashMap<>();
    String example = null;
    int outside = 0;
    for (JsonNode entry : entries) {
      JsonNode url = entry.path("url");
      if (!url.isTextual() || url.textValue().isEmpty()) {
        throw invalid(manifest, "an entry has no url");
      }
      String named = url.textValue();
      if (hasWildcard(named)) {
        throw invalid(manifest, "a url has a wildcard, and might match files that are not listed");
      }
      boolean below = folder.contains(named);
      String file = below || elsewhere == ManifestElsewhere.READ ? named : folder.beside(named);
      String other = urls.put(file, named);
      if (other != null && !other.equals(named)) {
        throw new IOException(
            "%s lists %s and %s, which are both %s beside it"
                .formatted(manifest, other, named, file));
      }
      if (!below) {
        outside++;
        example = named;
      }
      boolean mandatory = entry.path("mandatory").asBoolean(true);
      boolean unsure = !mandatory || !file.equals(named);
      if (!unsure || exists(file)) {
        files.add(file);
      } else if (mandatory) {
        throw new FileNotFoundException(
            "%s lists %s, which is not below its folder, and there is no %s"
                .formatted(manifest, named, file));
      }
    }
    if (outside > 0) {
      notes.add(note(manifest, elsewhere, outside, example));
    }
  }

  private static String note(
      String manifest, ManifestElsewhere elsewhere, int outside, String example) {
    return String.format(
        Locale.ROOT,
        "%s lists %,d file%s outside of its folder, such as %s: read %s",
        manifest,
        outside,
        outside == 1 ? "" : "s",
        example,
        elsewhere == ManifestElsewhere.READ ? "from there" : "by name beside the manifest");
  }

  private static JsonNode read(String manifest) throws IOException {
    MatchResult.Metadata file = FileSystems.matchSingleFileSpec(manifest);
    try (InputStream in = Channels.newInputStream(FileSystems.open(file.resourceId()))) {
      return JSON.readTree(in);
    } catch (JsonProcessingException e) {
      // The exception's message quotes the file, which may contain anything.
      throw invalid(manifest, "it is not JSON");
    }
  }

  private static boolean exists(String file) throws IOException {
    return Storage.find(file).isPresent();
  }

  private static boolean hasWildcard(String pattern) {
    return pattern.chars().anyMatch(c -> "*?[]{}".indexOf(c) >= 0);
  }

  private static IOException invalid(String manifest, String why) {
    return new IOException(manifest + " is no manifest of a Data Pipeline backup: " + why);
  }
}
