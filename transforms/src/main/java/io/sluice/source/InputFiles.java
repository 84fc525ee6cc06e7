/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.UnreadableFileException;
import io.sluice.storage.Glob;
import io.sluice.storage.S3Failure;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/** Lists the files that patterns match, each once. */
public final class InputFiles {

  private InputFiles() {}

  /**
   * Lists the files that match any of the patterns, sorted by name, each once; see {@link #list}.
   *
   * @throws IOException when a file system cannot list, or a pattern matches no file
   */
  public static List<MatchResult.Metadata> match(List<String> patterns) throws IOException {
    return list(patterns).files();
  }

  /**
   * Lists the same without files that contain no records of a format, see {@link Format#isData},
   * unless a pattern is exactly the name of one.
   *
   * @throws IOException when a file system cannot list, or a pattern matches no file
   */
  public static List<MatchResult.Metadata> match(List<String> patterns, Format format)
      throws IOException {
    return list(patterns).files(format);
  }

  /**
   * Lists the matches of the patterns. A pattern is the name of a file, or of a folder, with or
   * without a slash at its end, or a {@link Glob}; an existing file is never taken for a glob. A
   * folder stands for the files directly in it. Hidden files, whose names begin with {@code _} or
   * {@code .}, such as {@code _SUCCESS}, are left out as everywhere in a data lake, unless a
   * pattern is exactly the name of one; so are empty objects that mark a folder.
   *
   * @throws IOException when a file system cannot list
   */
  public static InputList list(List<String> patterns) throws IOException {
    List<InputList.Match> matches = new ArrayList<>();
    for (String pattern : patterns) {
      matches.add(match(pattern));
    }
    return new InputList(matches);
  }

  /**
   * Lists files by their literal names, in which wildcards have no meaning.
   *
   * @throws IOException when a file system cannot say whether one exists
   */
  public static InputList named(List<String> names) throws IOException {
    List<InputList.Match> matches = new ArrayList<>();
    List<List<MatchResult.Metadata>> found = Storage.find(names);
    for (int i = 0; i < names.size(); i++) {
      List<MatchResult.Metadata> files = found.get(i);
      if (!files.isEmpty() && files.get(0).resourceId().isDirectory()) {
        throw new IOException(names.get(i) + " is a folder, and no file");
      }
      matches.add(new InputList.Match(names.get(i), true, files, List.of(), List.of()));
    }
    return new InputList(matches);
  }

  private static InputList.Match match(String pattern) throws IOException {
    if (pattern.endsWith("/")) {
      return inFolder(pattern, pattern);
    }
    boolean isGlob = Glob.hasWildcard(pattern);
    List<MatchResult.Metadata> named = named(pattern, isGlob);
    if (!named.isEmpty() && !named.get(0).resourceId().isDirectory()) {
      return new InputList.Match(pattern, true, named, List.of(), List.of());
    }
    return named.isEmpty() && isGlob
        ? ofGlob(pattern, pattern, false)
        : inFolder(pattern, pattern + "/");
  }

  private static List<MatchResult.Metadata> named(String pattern, boolean isGlob)
      throws IOException {
    if (isGlob && !Storage.listsFolders(pattern)) {
      return List.of();
    }
    try {
      List<MatchResult.Metadata> named = Storage.find(List.of(pattern)).get(0);
      boolean escaped = !isGlob && pattern.indexOf('\\') >= 0;
      return named.isEmpty() && escaped ? Storage.match(pattern) : named;
    } catch (S3Failure e) {
      if (isGlob && e.isDenied()) {
        // It does not exist, or may not be read: listing will show which.
        return List.of();
      }
      throw e;
    }
  }

  private static InputList.Match inFolder(String pattern, String folder) throws IOException {
    boolean isThere = Storage.isLocal(folder) && !Storage.find(List.of(folder)).get(0).isEmpty();
    return ofGlob(pattern, (isThere ? Glob.escape(folder) : folder) + "*", true);
  }

  private static InputList.Match ofGlob(String pattern, String glob, boolean isFolder)
      throws IOException {
    List<MatchResult.Metadata> files = new ArrayList<>();
    List<ResourceId> hidden = new ArrayList<>();
    for (MatchResult.Metadata match : Storage.match(glob)) {
      if (match.resourceId().isDirectory()) {
        if (match.sizeBytes() > 0 && Storage.isS3(glob)) {
          throw new IOException(match.resourceId() + " is a file with a name that ends in a slash");
        }
      } else if (isHidden(match.resourceId(), glob)) {
        hidden.add(match.resourceId());
      } else if (match.sizeBytes() > 0 || !isMark(match.resourceId())) {
        files.add(match);
      }
    }
    return new InputList.Match(
        pattern, false, files, hidden, isFolder ? foldersIn(glob) : List.of());
  }

  private static List<ResourceId> foldersIn(String glob) throws IOException {
    return Storage.listsFolders(glob)
        ? Storage.match(glob + "/").stream()
            .map(MatchResult.Metadata::resourceId)
            .filter(folder -> !isHidden(folder, glob))
            .toList()
        : List.of();
  }

  /** Whether an empty file of this name is one with which some programs mark a folder on S3. */
  private static boolean isMark(ResourceId file) {
    return String.valueOf(file.getFilename()).endsWith("_$folder$");
  }

  /**
   * Whether the file is hidden by its own name, or by that of a folder that the pattern only
   * matches by wildcards.
   */
  private static boolean isHidden(ResourceId file, String glob) {
    String prefix = Glob.parse(glob).prefix();
    String named = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    String path = file.toString();
    int matched =
        named.isEmpty() || !path.contains(named)
            ? path.lastIndexOf('/') + 1
            : path.startsWith(named) ? named.length() : path.lastIndexOf(named) + named.length();
    return Arrays.stream(path.substring(matched).split("/", -1))
        .anyMatch(part -> part.startsWith("_") || part.startsWith("."));
  }

  /**
   * Reads the first {@link Format#HEAD_BYTES} bytes of a file, decompressed; all of a shorter one.
   */
  public static byte[] head(MatchResult.Metadata file, FileCompression compression)
      throws IOException {
    FileSlice whole = FileSlice.whole(file.resourceId(), file.sizeBytes());
    try (InputStream in = whole.compressedBy(compression).open()) {
      return in.readNBytes(Format.HEAD_BYTES);
    } catch (IOException e) {
      throw new UnreadableFileException(file.resourceId(), e);
    }
  }
}
