/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.dynamodbjson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.ContentCheck;
import io.sluice.format.UnreadableFileException;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A full export of a table in DynamoDB JSON, as written by DynamoDB and Sluice: {@code
 * AWSDynamoDB/<ExportId>/} with {@code manifest-summary.json}, {@code manifest-files.json} and the
 * data files in {@code data/}.
 *
 * <p>Its files are those that the manifest lists. The keys in the manifest refer to where the
 * export was written; the files are looked for in the {@code data} folder next to the manifest,
 * wherever that was copied to, and nowhere else.
 *
 * @param folder the folder of the export, ending in a slash
 * @param files the data files as they are stored, by their names
 * @param checks the manifest's count and checksum for each file, by the same names
 */
public record ExportManifest(
    String folder, List<MatchResult.Metadata> files, Map<String, ContentCheck> checks) {
  private static final String SUMMARY = "manifest-summary.json";
  private static final String FILES = "manifest-files.json";
  private static final String DATA = "data/";
  private static final int MAX_SUMMARY_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  public ExportManifest {
    files = List.copyOf(files);
    checks = Map.copyOf(checks);
  }

  /**
   * Finds the folder of the export that a pattern names: the folder itself, or one of its two
   * manifests.
   *
   * @return null when the pattern is a glob, or names something else
   * @throws IOException when a file system cannot be asked
   */
  public static @Nullable String folderOf(String pattern) throws IOException {
    if (Storage.hasWildcard(pattern)) {
      return null;
    }
    int slash = pattern.lastIndexOf('/') + 1;
    String filename = pattern.substring(slash);
    if (filename.equals(SUMMARY) || filename.equals(FILES)) {
      return slash == 0 ? "./" : pattern.substring(0, slash);
    }
    String folder = filename.isEmpty() ? pattern : pattern + "/";
    return exists(folder + SUMMARY) || exists(folder + FILES) ? folder : null;
  }

  /**
   * Reads the manifests of an export and finds its data files.
   *
   * @param folder as {@link #folderOf} returns it
   * @throws UnreadableFileException when a manifest cannot be used, the export is of a kind that is
   *     not supported, or a file is missing; the message names the file
   * @throws IOException when a file system cannot be asked
   */
  public static ExportManifest read(String folder) throws IOException {
    JsonNode summary = summary(folder);
    checkKind(folder, summary);
    String key = summary.path("manifestFilesS3Key").asText();
    String exported = key.substring(0, key.lastIndexOf('/') + 1);
    TreeMap<String, ContentCheck> listed = listed(folder, exported);
    long items = listed.values().stream().mapToLong(ContentCheck::items).sum();
    if (items != summary.path("itemCount").asLong(-1)) {
      throw new UnreadableFileException(
          folder + FILES,
          "lists files of %,d items, and %s says that the export has %s"
              .formatted(items, SUMMARY, summary.path("itemCount").asText("none")));
    }
    return find(folder, listed);
  }

  private static JsonNode summary(String folder) throws IOException {
    String name = folder + SUMMARY;
    if (!exists(name)) {
      throw new UnreadableFileException(
          name, "is missing: the export is not finished, or was not copied as a whole");
    }
    try (InputStream in = open(name)) {
      byte[] text = in.readNBytes(MAX_SUMMARY_BYTES + 1);
      JsonNode summary = text.length > MAX_SUMMARY_BYTES ? null : JSON.readTree(text);
      if (summary != null && summary.isObject()) {
        return summary;
      }
    } catch (JsonProcessingException e) {
      // The exception's message quotes the file, which may contain anything.
      throw notAManifest(name, "it is not JSON");
    }
    throw notAManifest(name, "it is no object of JSON");
  }

  private static void checkKind(String folder, JsonNode summary) throws IOException {
    String type = summary.path("exportType").asText("FULL_EXPORT");
    if (type.equals("INCREMENTAL_EXPORT")) {
      throw new UnreadableFileException(
          folder,
          "is an incremental export: its records are changes, which are not supported yet;"
              + " only full exports are");
    }
    String format = summary.path("outputFormat").asText();
    if (format.equals("ION")) {
      throw new UnreadableFileException(
          folder, "is an export in ION, which is not supported yet; only DYNAMODB_JSON is");
    }
    if (!type.equals("FULL_EXPORT") || !format.equals("DYNAMODB_JSON")) {
      throw notAManifest(folder + SUMMARY, "it names no full export of DYNAMODB_JSON");
    }
  }

  /** Reads the manifest's entries, by file name in the data folder. */
  private static TreeMap<String, ContentCheck> listed(String folder, String exported)
      throws IOException {
    String name = folder + FILES;
    if (!exists(name)) {
      throw new UnreadableFileException(name, "is missing: the export was not copied as a whole");
    }
    TreeMap<String, ContentCheck> listed = new TreeMap<>();
    try (InputStream in = open(name);
        MappingIterator<JsonNode> entries = JSON.readerFor(JsonNode.class).readValues(in)) {
      while (entries.hasNextValue()) {
        JsonNode entry = entries.nextValue();
        String file = dataFile(name, exported, entry.path("dataFileS3Key").asText());
        JsonNode items = entry.path("itemCount");
        JsonNode md5 = entry.path("md5Checksum");
        if (!items.canConvertToLong() || items.longValue() < 0 || !md5.isTextual()) {
          throw notAManifest(name, "an entry has no itemCount or no md5Checksum");
        }
        ContentCheck check = new ContentCheck(items.longValue(), md5.textValue());
        if (listed.put(file, check) != null) {
          throw notAManifest(name, "it lists a file twice");
        }
      }
    } catch (JsonProcessingException e) {
      throw notAManifest(name, "it is not lines of JSON");
    }
    return listed;
  }

  private static String dataFile(String manifest, String exported, String key)
      throws UnreadableFileException {
    String begin = exported + DATA;
    String file = key.startsWith(begin) ? key.substring(begin.length()) : "";
    boolean plain =
        !file.isEmpty()
            && !file.startsWith(".")
            && file.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 127)
            && !Storage.hasWildcard(file);
    if (!plain) {
      throw notAManifest(manifest, "it lists a file that is not in the data folder of the export");
    }
    return file;
  }

  private static ExportManifest find(String folder, TreeMap<String, ContentCheck> listed)
      throws IOException {
    List<String> names = new ArrayList<>(listed.keySet());
    List<MatchResult> matches =
        names.isEmpty()
            ? List.of()
            : FileSystems.match(
                names.stream().map(name -> folder + DATA + name).toList(),
                EmptyMatchTreatment.ALLOW);
    List<MatchResult.Metadata> files = new ArrayList<>();
    TreeMap<String, ContentCheck> checks = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      MatchResult match = matches.get(i);
      if (match.status() == MatchResult.Status.NOT_FOUND || match.metadata().isEmpty()) {
        throw new UnreadableFileException(
            folder + DATA + names.get(i), "is missing: " + FILES + " lists it");
      }
      MatchResult.Metadata file = match.metadata().get(0);
      files.add(file);
      checks.put(file.resourceId().toString(), listed.get(names.get(i)));
    }
    return new ExportManifest(folder, files, checks);
  }

  private static boolean exists(String file) throws IOException {
    return !FileSystems.match(file, EmptyMatchTreatment.ALLOW).metadata().isEmpty();
  }

  private static InputStream open(String file) throws IOException {
    return Channels.newInputStream(
        FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()));
  }

  private static UnreadableFileException notAManifest(String file, String why) {
    return new UnreadableFileException(file, "is no manifest of a full export: " + why);
  }
}
