/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds files in any of Beam's file systems. On a disk and in S3 the wildcards of {@link Glob}
 * apply; other file systems define their own.
 */
public final class Storage {
  private static final Pattern SCHEME =
      Pattern.compile("[a-zA-Z][-a-zA-Z0-9+.]*:/.*", Pattern.DOTALL);
  private static final Pattern FILE_URL = Pattern.compile("(?i)file:/+");
  private static final Pattern S3_URL = Pattern.compile("(?i)s3://");

  private Storage() {}

  /**
   * Lists the matching files, ordered by name; for a glob that ends with a slash, on a disk and in
   * S3, the folders. The result may be empty. On a disk only those folders are listed that the glob
   * needs.
   *
   * @throws FileNotFoundException when a matching link that is not hidden is broken
   * @throws IOException when the file system cannot list
   */
  public static List<MatchResult.Metadata> match(String glob) throws IOException {
    Path literal = localPath(glob);
    if (literal != null && Files.exists(literal)) {
      return List.of(metadata(literal));
    }
    if (!isLocal(glob)) {
      checkOneLine(glob);
      return FileSystems.match(glob, EmptyMatchTreatment.ALLOW).metadata();
    }
    List<MatchResult.Metadata> found = new ArrayList<>();
    for (Path path : LocalWalk.match(localName(glob))) {
      try {
        found.add(metadata(path));
      } catch (NoSuchFileException e) {
        if (Files.isSymbolicLink(path) && !isHidden(path)) {
          throw new FileNotFoundException(path + " is a link to a file that is not there");
        }
        // It was deleted just now, and might have been before it was listed.
      }
    }
    return found;
  }

  /**
   * Finds the files, or on a disk the folders, with exactly these names, whatever characters they
   * have: for each a list of one, or of none.
   *
   * @throws IOException when a file system fails
   */
  public static List<List<MatchResult.Metadata>> find(List<String> names) throws IOException {
    List<List<MatchResult.Metadata>> found = new ArrayList<>();
    Map<String, List<String>> elsewhere = new LinkedHashMap<>();
    for (String name : names) {
      if (isLocal(name)) {
        Path path = localPath(name);
        found.add(path != null && Files.exists(path) ? List.of(metadata(path)) : List.of());
      } else {
        checkOneLine(name);
        String scheme = name.substring(0, name.indexOf(':')).toLowerCase(Locale.ROOT);
        elsewhere
            .computeIfAbsent(scheme, s -> new ArrayList<>())
            .add(isS3(name) ? Glob.escape(name) : name);
        found.add(null);
      }
    }
    Map<String, Iterator<MatchResult>> answers = new HashMap<>();
    for (Map.Entry<String, List<String>> some : elsewhere.entrySet()) {
      answers.put(
          some.getKey(), FileSystems.match(some.getValue(), EmptyMatchTreatment.ALLOW).iterator());
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i) == null) {
        String name = names.get(i);
        String scheme = name.substring(0, name.indexOf(':')).toLowerCase(Locale.ROOT);
        found.set(i, answers.get(scheme).next().metadata());
      }
    }
    return found;
  }

  /** Finds the file with exactly this name; see {@link #find(List)}. */
  public static Optional<MatchResult.Metadata> find(String name) throws IOException {
    return find(List.of(name)).get(0).stream().findFirst();
  }

  /**
   * Writes a file that must not exist yet, whole or not at all, and leaves one that exists as it
   * is. A failure does not say that nothing was written: the answer may have been lost. S3 has had
   * this (If-None-Match) since 2024; a store that ignores it replaces the file.
   *
   * @return whether this call wrote the file, as far as the store's answer says
   * @throws IOException when the file system fails
   */
  public static boolean createNew(String name, byte[] contents, String mimeType)
      throws IOException {
    ResourceId resource = FileSystems.matchNewResource(name, false);
    Path path = localPath(resource.toString());
    if (path != null) {
      return createNew(path, contents);
    }
    CreateOptions options =
        CreateOptions.StandardCreateOptions.builder()
            .setMimeType(mimeType)
            .setExpectFileToNotExist(true)
            .build();
    try (WritableByteChannel out = FileSystems.create(resource, options)) {
      ByteBuffer bytes = ByteBuffer.wrap(contents);
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    return true;
  }

  /**
   * Checks that a folder's store leaves a file that exists as it is when {@link #createNew} is
   * called, without which two runs could replace each other's files.
   *
   * @param folder ending in a slash
   * @throws IOException when it replaces it, or the folder cannot be written
   */
  public static void checkCreatesNew(String folder) throws IOException {
    String probe = folder + ".probe-" + UUID.randomUUID();
    String type = "text/plain";
    boolean replaced;
    try {
      createNew(probe, new byte[] {'1'}, type);
      replaced = createNew(probe, new byte[] {'2'}, type);
    } finally {
      FileSystems.delete(List.of(FileSystems.matchNewResource(probe, false)));
    }
    if (replaced) {
      throw new IOException(
          "the store of "
              + folder
              + " replaces an object although it was asked not to"
              + " (If-None-Match), so two runs could destroy each other's commits");
    }
  }

  /** A file that is created and then written would be seen without its contents. */
  private static boolean createNew(Path path, byte[] contents) throws IOException {
    Path folder = Files.createDirectories(path.toAbsolutePath().getParent());
    Path written = Files.createTempFile(folder, ".", ".new");
    try {
      Files.write(written, contents);
      Files.createLink(path, written);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new IOException(folder + " is on a disk without links, which are needed there", e);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** Whether {@link #match} returns the folders that match a glob with a slash at its end. */
  public static boolean listsFolders(String glob) {
    return isLocal(glob) || isS3(glob);
  }

  /** Whether a name is that of a local file. */
  public static boolean isLocal(String name) {
    return FILE_URL.matcher(name).lookingAt() || !SCHEME.matcher(name).matches();
  }

  /** Whether a name is that of an object of S3. */
  public static boolean isS3(String name) {
    return S3_URL.matcher(name).lookingAt();
  }

  private static boolean isHidden(Path path) {
    String name = path.getFileName().toString();
    return name.startsWith(".") || name.startsWith("_");
  }

  /** Refuses a name with a newline, which Beam takes for a local one. */
  private static void checkOneLine(String name) throws IOException {
    if (name.indexOf('\n') >= 0) {
      throw new IOException(
          "a name with a newline can only be found by a glob, with ? in the newline's place");
    }
  }

  private static String localName(String name) {
    return FILE_URL.matcher(name).replaceFirst("/");
  }

  private static @Nullable Path localPath(String name) {
    try {
      return isLocal(name) ? Path.of(localName(name)) : null;
    } catch (InvalidPathException e) {
      // Then it is not a valid file name, and nothing has it.
      return null;
    }
  }

  private static MatchResult.Metadata metadata(Path path) throws IOException {
    boolean folder = Files.isDirectory(path);
    return MatchResult.Metadata.builder()
        .setResourceId(FileSystems.matchNewResource(path.toAbsolutePath().toString(), folder))
        .setSizeBytes(Files.size(path))
        .setLastModifiedMillis(Files.getLastModifiedTime(path).toMillis())
        .setIsReadSeekEfficient(true)
        .build();
  }

  /** Whether a file system may take the text for more, or for another, name than it is. */
  public static boolean hasWildcard(String name) {
    return name.chars().anyMatch(c -> "*?[{\\\n".indexOf(c) >= 0);
  }
}
