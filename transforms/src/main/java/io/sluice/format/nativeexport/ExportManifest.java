/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.nativeexport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.format.ContentCheck;
import io.sluice.format.ManifestElsewhere;
import io.sluice.format.UnreadableFileException;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * An export of a table, as written by DynamoDB and Sluice: {@code AWSDynamoDB/<ExportId>/} with
 * {@code manifest-summary.json}, {@code manifest-files.json} and the data files in {@code data/},
 * which for an incremental export lies beside the folder and has files of other exports, too.
 *
 * <p>Its files are those that the manifest lists. The keys in the manifest refer to where the
 * export was written; the files are looked for in the {@code data} folder there is for them,
 * wherever that was copied to together with the manifest, and nowhere else, unless {@link
 * ManifestElsewhere#READ} is asked for.
 *
 * @param folder the folder of the export, ending in a slash
 * @param files the data files as they are stored, in the order of their names
 * @param checks the manifest's count and checksum for each file, by the same names; none if checks
 *     are skipped
 */
public record ExportManifest(
    String folder,
    ExportSummary summary,
    List<MatchResult.Metadata> files,
    Map<String, ContentCheck> checks) {
  private static final String DATA = "data/";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final ObjectMapper JSON = new ObjectMapper();

  public ExportManifest {
    files = List.copyOf(files);
    checks = Map.copyOf(checks);
  }

  /**
   * Finds the folder of the export that a pattern names: the folder itself, one of its two
   * manifests, or {@code prefix/<ExportId>} for {@code prefix/AWSDynamoDB/<ExportId>/}.
   *
   * @return null when the pattern is a glob, or names something else
   * @throws IOException when a file system cannot be asked
   */
  public static @Nullable String folderOf(String pattern) throws IOException {
    return ExportPlace.find(pattern);
  }

  /**
   * Finds the folders of all exports, full and incremental, that DynamoDB has finished below a
   * prefix.
   *
   * @param prefix with {@code AWSDynamoDB/} at its end or without, as {@code s3://bucket/nightly}
   * @throws IOException when a file system cannot be asked
   */
  public static List<String> foldersUnder(String prefix) throws IOException {
    return ExportPlace.under(prefix);
  }

  /**
   * Reads the summary of an export, full or incremental, and compares it with its checksum.
   *
   * @param folder as {@link #folderOf} returns it
   * @throws UnreadableFileException when there is none, or it cannot be used
   * @throws IOException when a file system cannot be asked
   */
  public static ExportSummary summaryIn(String folder) throws IOException {
    return summary(folder, ManifestChecks.COMPARED);
  }

  /**
   * Reads the manifests of a full export and finds its data files, as {@link #read(String,
   * ManifestChecks, ManifestElsewhere)} does with all checks and beside the manifest.
   */
  public static ExportManifest read(String folder) throws IOException {
    return read(folder, ManifestChecks.COMPARED, ManifestElsewhere.BESIDE);
  }

  /**
   * Reads the manifests of a full export and finds its data files.
   *
   * @param folder as {@link #folderOf} returns it
   * @throws UnreadableFileException when a manifest cannot be used, the export is of a kind that is
   *     not supported, or a file is missing; the message names the file
   * @throws IOException when a file system cannot be asked
   */
  public static ExportManifest read(
      String folder, ManifestChecks checks, ManifestElsewhere elsewhere) throws IOException {
    ExportSummary summary = summary(folder, checks);
    if (summary.window() != null) {
      throw new UnreadableFileException(
          folder,
          "is an incremental export, of changes and no items; import --changes=APPLY applies them");
    }
    return read(folder, summary, checks, elsewhere);
  }

  /**
   * Reads the manifests of an incremental export and finds its data files.
   *
   * @param folder as {@link #folderOf} returns it
   * @throws UnreadableFileException when a manifest cannot be used, the export is a full one, or a
   *     file is missing; the message names the file
   * @throws IOException when a file system cannot be asked
   */
  public static ExportManifest readIncremental(
      String folder, ManifestChecks checks, ManifestElsewhere elsewhere) throws IOException {
    ExportSummary summary = summary(folder, checks);
    if (summary.window() == null) {
      throw new UnreadableFileException(
          folder, "is a full export: its records are items, and no changes");
    }
    if (summary.window().from() == null || summary.window().to() == null) {
      throw ExportSummary.notAManifest(
          folder + ExportPlace.SUMMARY, "it does not say from when to when the export is");
    }
    return read(folder, summary, checks, elsewhere);
  }

  private static ExportSummary summary(String folder, ManifestChecks checks) throws IOException {
    String name = folder + ExportPlace.SUMMARY;
    return ManifestFile.find(name, "the export is not finished, or was not copied as a whole")
        .read(checks, in -> ExportSummary.read(name, in));
  }

  private static ExportManifest read(
      String folder, ExportSummary summary, ManifestChecks checks, ManifestElsewhere elsewhere)
      throws IOException {
    TreeMap<String, ContentCheck> listed =
        ManifestFile.find(folder + ExportPlace.FILES, "the export was not copied as a whole")
            .read(checks, in -> listed(folder, in, places(folder, summary, elsewhere)));
    if (checks == ManifestChecks.COMPARED) {
      checkItems(folder, summary, listed);
    }
    return find(folder, summary, checks, listed);
  }

  private static void checkItems(
      String folder, ExportSummary summary, TreeMap<String, ContentCheck> listed)
      throws UnreadableFileException {
    long items = listed.values().stream().mapToLong(ContentCheck::items).sum();
    if (items != summary.items()) {
      throw new UnreadableFileException(
          folder + ExportPlace.FILES,
          "lists files of %,d items, and %s says that the export has %s"
              .formatted(
                  items,
                  ExportPlace.SUMMARY,
                  summary.items() < 0 ? "none" : "%d".formatted(summary.items())));
    }
  }

  /** Says where the file of a key is. */
  private interface Places {
    String of(String key) throws IOException;
  }

  private static Places places(String folder, ExportSummary summary, ManifestElsewhere elsewhere)
      throws IOException {
    if (elsewhere == ManifestElsewhere.BESIDE) {
      String key = summary.filesKey();
      String exported = key.substring(0, key.lastIndexOf('/') + 1);
      String manifest = folder + ExportPlace.FILES;
      return file ->
          summary.window() == null || file.startsWith(exported)
              ? folder + DATA + dataFile(manifest, exported + DATA, file)
              : above(folder) + DATA + dataFile(manifest, above(exported) + DATA, file);
    }
    String bucket = summary.bucket();
    if (bucket == null || !BUCKET.matcher(bucket).matches()) {
      throw ExportSummary.notAManifest(folder + ExportPlace.SUMMARY, "it names no bucket");
    }
    return file -> "s3://" + bucket + "/" + file;
  }

  /** Returns the folder that a folder is in, which is where incremental exports share one. */
  private static String above(String folder) {
    return folder.equals("./")
        ? "../"
        : folder.substring(0, folder.lastIndexOf('/', folder.length() - 2) + 1);
  }

  private static String dataFile(String manifest, String exported, String key)
      throws UnreadableFileException {
    String file = key.startsWith(exported) ? key.substring(exported.length()) : "";
    boolean plain =
        !file.isEmpty()
            && !file.startsWith(".")
            && file.chars().noneMatch(c -> c == '/' || c == '\\' || c < ' ' || c == 127)
            && !Storage.hasWildcard(file);
    if (!plain) {
      throw ExportSummary.notAManifest(
          manifest, "it lists a file that is not in the data folder of the export");
    }
    return file;
  }

  /** Reads the manifest's entries, by the places of the files. */
  private static TreeMap<String, ContentCheck> listed(String folder, InputStream in, Places places)
      throws IOException {
    String name = folder + ExportPlace.FILES;
    TreeMap<String, ContentCheck> listed = new TreeMap<>();
    try (MappingIterator<JsonNode> entries = JSON.readerFor(JsonNode.class).readValues(in)) {
      while (entries.hasNextValue()) {
        JsonNode entry = entries.nextValue();
        String file = places.of(entry.path("dataFileS3Key").asText());
        JsonNode items = entry.path("itemCount");
        JsonNode md5 = entry.path("md5Checksum");
        if (!items.canConvertToLong() || items.longValue() < 0 || !md5.isTextual()) {
          throw ExportSummary.notAManifest(name, "an entry has no itemCount or no md5Checksum");
        }
        ContentCheck check =
            new ContentCheck(ContentCheck.Lister.EXPORT, items.longValue(), md5.textValue());
        if (listed.put(file, check) != null) {
          throw ExportSummary.notAManifest(name, "it lists a file twice");
        }
      }
    } catch (JsonProcessingException e) {
      throw ExportSummary.notAManifest(name, "it is not lines of JSON");
    }
    return listed;
  }

  private static ExportManifest find(
      String folder,
      ExportSummary summary,
      ManifestChecks checks,
      TreeMap<String, ContentCheck> listed)
      throws IOException {
    List<String> names = new ArrayList<>(listed.keySet());
    List<List<MatchResult.Metadata>> matches = Storage.find(names);
    List<MatchResult.Metadata> files = new ArrayList<>();
    TreeMap<String, ContentCheck> checked = new TreeMap<>();
    for (int i = 0; i < names.size(); i++) {
      List<MatchResult.Metadata> found = matches.get(i);
      if (found.isEmpty() || found.get(0).resourceId().isDirectory()) {
        throw new UnreadableFileException(
            names.get(i), "is missing: " + ExportPlace.FILES + " lists it");
      }
      MatchResult.Metadata file = found.get(0);
      files.add(file);
      if (checks == ManifestChecks.COMPARED) {
        checked.put(file.resourceId().toString(), listed.get(names.get(i)));
      }
    }
    return new ExportManifest(folder, summary, files, checked);
  }
}
