/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A folder on a disk. A symbolic link in it is a file of its own: it is listed and deleted as a
 * link, and its target is neither read nor touched. Beam's local file system follows links.
 */
public final class LocalTree {
  private final Path root;

  public LocalTree(Path root) {
    this.root = root;
  }

  /** Whether a file in it is a symbolic link, or the folder itself for "". */
  boolean isLink(String name) {
    return Files.isSymbolicLink(root.resolve(name));
  }

  /** Lists all files and links in the folder and its subfolders, with their lengths. */
  public TreeMap<String, Long> list() throws IOException {
    TreeMap<String, Long> files = new TreeMap<>();
    if (!Files.isDirectory(root)) {
      return files;
    }
    Path start;
    try {
      start = root.toRealPath();
    } catch (NoSuchFileException e) {
      return files;
    }
    Files.walkFileTree(
        start,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.put(name(start, file), attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // Another attempt may delete what was just listed.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
          }
        });
    return files;
  }

  /**
   * Lists the files whose paths match, level by level, with their lengths. Only the levels of the
   * glob are read; a folder at such a level may be a link.
   *
   * @param glob parts separated by slashes, with {@code *} for any characters of a part
   */
  public TreeMap<String, Long> list(String glob) throws IOException {
    List<Path> level = List.of(root);
    for (String part : glob.split("/", -1)) {
      List<Path> next = new ArrayList<>();
      for (Path folder : level) {
        if (Files.isDirectory(folder)) {
          try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, part)) {
            found.forEach(next::add);
          } catch (NoSuchFileException e) {
            // Another attempt may delete what was just found.
          }
        }
      }
      level = next;
    }
    TreeMap<String, Long> files = new TreeMap<>();
    for (Path file : level) {
      try {
        if (Files.isRegularFile(file)) {
          files.put(name(root, file), Files.size(file));
        }
      } catch (NoSuchFileException e) {
        // It is gone by now.
      }
    }
    return files;
  }

  private static String name(Path from, Path file) {
    return from.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }

  /** Reads a file's bytes; empty when the file does not exist. */
  Optional<byte[]> read(String name) throws IOException {
    try {
      Path file = root.resolve(name);
      return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Deletes the link that a file in it is, or the folder itself for "", but not its target. */
  void unlink(String name) throws IOException {
    if (isLink(name)) {
      Files.deleteIfExists(root.resolve(name));
    }
  }

  /**
   * Deletes a file, or a link but not its target. A missing file is ignored.
   *
   * @throws IOException also when there is a link on the path to it, within the folder
   */
  public void delete(String name) throws IOException {
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root.normalize()) || file.equals(root.normalize())) {
      throw new IOException(name + " is not in " + root);
    }
    for (Path folder = file.getParent(); !folder.equals(root.normalize()); ) {
      if (Files.isSymbolicLink(folder)) {
        throw new IOException(file + " is behind the symbolic link " + folder + ", and stays");
      }
      folder = folder.getParent();
    }
    if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes a subfolder, or this folder for "", if it is empty and not a link. */
  void deleteIfEmpty(String name) throws IOException {
    Path folder = root.resolve(name);
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(folder);
    }
  }
}
