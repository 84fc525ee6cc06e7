/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A folder of any Beam file system. Files are named by their path within it. On a disk, a symbolic
 * link in it counts as a file, whatever it points to.
 */
public final class Folder {
  private static final String FILE_SCHEME = "file";

  private final String path;
  private final @Nullable LocalTree local;

  private Folder(String path, @Nullable LocalTree local) {
    this.path = path;
    this.local = local;
  }

  public static Folder of(String path) {
    ResourceId folder = FileSystems.matchNewResource(path, true);
    boolean onDisk = folder.getScheme().equals(FILE_SCHEME);
    return new Folder(folder.toString(), onDisk ? new LocalTree(Path.of(folder.toString())) : null);
  }

  /** Returns the path as the file system has it, absolute and ending in a slash. */
  public String path() {
    return path;
  }

  /** Lists all files in the folder and its subfolders, with their lengths. */
  public TreeMap<String, Long> list() throws IOException {
    return local == null ? list("**") : local.list();
  }

  /** Lists the files that match a glob, with their lengths. */
  public TreeMap<String, Long> list(String glob) throws IOException {
    if (local != null) {
      return local.list(glob);
    }
    String spec = Glob.escape(path) + glob;
    List<MatchResult.Metadata> found = Storage.match(spec);
    // Beam's own S3 file system lists nothing at all when one of the files is deleted meanwhile.
    found = found.isEmpty() ? Storage.match(spec) : found;
    TreeMap<String, Long> files = new TreeMap<>();
    for (MatchResult.Metadata file : found) {
      files.put(nameOf(file.resourceId().toString()), file.sizeBytes());
    }
    return files;
  }

  /**
   * Returns the name within this folder of the file at a path.
   *
   * @throws IllegalArgumentException when it is somewhere else
   */
  public String nameOf(String place) {
    String whole = FileSystems.matchNewResource(place, false).toString();
    if (!whole.startsWith(path)) {
      throw new IllegalArgumentException(place + " is not in " + path);
    }
    return whole.substring(path.length());
  }

  /** Returns the name within this folder of a subfolder, ending in a slash. */
  public String folderName(String folder) {
    return nameOf(folder.substring(0, folder.length() - 1)) + "/";
  }

  private ResourceId resource(String name) {
    return FileSystems.matchNewResource(path + name, false);
  }

  /** Whether a file in it is a symbolic link, or the folder itself for "". */
  public boolean isLink(String name) {
    return local != null && local.isLink(name);
  }

  /** Deletes the symbolic link that {@link #isLink} finds, but not its target. */
  public void unlink(String name) throws IOException {
    if (local != null) {
      local.unlink(name);
    }
  }

  /** Writes a file, replacing an existing file or link. */
  public void write(String name, byte[] contents, String mimeType) throws IOException {
    unlink(name);
    try (OutputStream out =
        Channels.newOutputStream(FileSystems.create(resource(name), mimeType))) {
      out.write(contents);
    }
  }

  /** Reads a file's bytes; empty when the file does not exist. */
  public Optional<byte[]> read(String name) throws IOException {
    if (local != null) {
      return local.read(name);
    }
    if (Storage.find(path + name).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Channels.newInputStream(FileSystems.open(resource(name)))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Copies files of another folder into this one, from name there to name here, replacing existing
   * files. They must not be written to afterwards: on a disk both names may refer to the same file.
   */
  public void copyFrom(Folder other, Map<String, String> names) throws IOException {
    List<ResourceId> from = new ArrayList<>();
    List<ResourceId> to = new ArrayList<>();
    names.forEach(
        (there, here) -> {
          if (!link(other.resource(there), resource(here))) {
            from.add(other.resource(there));
            to.add(resource(here));
          }
        });
    if (!from.isEmpty()) {
      FileSystems.copy(from, to);
    }
  }

  /** Gives a file on a disk a second name, if possible. */
  private static boolean link(ResourceId from, ResourceId to) {
    if (!from.getScheme().equals(FILE_SCHEME) || !to.getScheme().equals(FILE_SCHEME)) {
      return false;
    }
    try {
      Path path = Path.of(to.toString());
      Files.createDirectories(path.getParent());
      Files.createLink(path, Path.of(from.toString()));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      // It already exists, is on another disk, or the disk has no links.
      return false;
    }
  }

  /**
   * Deletes files, and folders that are empty as a result. Missing files are ignored; a link is
   * deleted, but not its target; a file reached through a link is refused. On S3 it is not certain
   * that they are gone: Beam ignores S3's answer for each.
   */
  public void delete(Collection<String> names) throws IOException {
    if (names.isEmpty()) {
      return;
    }
    if (local == null) {
      FileSystems.delete(names.stream().map(this::resource).toList());
    } else {
      for (String name : names) {
        local.delete(name);
      }
    }
    TreeSet<String> parents = new TreeSet<>(Comparator.reverseOrder());
    for (String name : names) {
      for (int slash = name.lastIndexOf('/');
          slash >= 0;
          slash = name.lastIndexOf('/', slash - 1)) {
        parents.add(name.substring(0, slash + 1));
      }
    }
    for (String parent : parents) {
      deleteIfEmpty(parent);
    }
    deleteIfEmpty("");
  }

  private void deleteIfEmpty(String folder) {
    try {
      if (local == null) {
        FileSystems.delete(List.of(FileSystems.matchNewResource(path + folder, true)));
      } else {
        local.deleteIfEmpty(folder);
      }
    } catch (IOException e) {
      // It has other files, and stays.
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
