/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds the paths that match a glob on a disk. Only folders that may contain a match are listed. A
 * symbolic link to a folder is followed; below {@code **} each folder is entered once, by its own
 * name if that is below too, so circular links do no harm.
 */
final class LocalWalk {
  private final boolean wantsFolders;
  private final List<Path> found = new ArrayList<>();

  private LocalWalk(boolean wantsFolders) {
    this.wantsFolders = wantsFolders;
  }

  /**
   * Returns the matching paths, sorted: regular files and broken links; for a glob that ends with a
   * slash, folders.
   *
   * @throws IOException when a folder cannot be listed
   */
  static List<Path> match(String glob) throws IOException {
    boolean folders = glob.endsWith("/") && glob.length() > 1;
    LocalWalk walk = new LocalWalk(folders);
    Glob whole = Glob.parse(folders ? glob.substring(0, glob.length() - 1) : glob);
    List<Glob> segments = whole.segments();
    boolean absolute = glob.startsWith("/");
    walk.enter(Path.of(absolute ? "/" : ""), segments.subList(absolute ? 1 : 0, segments.size()));
    return walk.found.stream().sorted().toList();
  }

  private void enter(Path folder, List<Glob> segments) throws IOException {
    Glob first = segments.get(0);
    List<Glob> rest = segments.subList(1, segments.size());
    if (first.isLiteral()) {
      Path child = folder.resolve(first.prefix());
      if (rest.isEmpty()) {
        add(child);
      } else if (Files.isDirectory(child)) {
        enter(child, rest);
      }
      return;
    }
    if (first.crossesFolders() || first.toString().contains("/")) {
      String remaining = segments.stream().map(Glob::toString).collect(Collectors.joining("/"));
      enterAll(folder, Glob.parse(remaining));
      return;
    }
    for (Path child : children(folder)) {
      if (first.matches(child.getFileName().toString())) {
        if (rest.isEmpty()) {
          add(child);
        } else if (Files.isDirectory(child)) {
          enter(child, rest);
        }
      }
    }
  }

  /** Walks through everything below a folder: first real folders, then the targets of links. */
  private void enterAll(Path top, Glob rest) throws IOException {
    Set<Object> entered = new HashSet<>();
    ArrayDeque<Path> folders = new ArrayDeque<>(List.of(top));
    ArrayDeque<Path> links = new ArrayDeque<>();
    while (!folders.isEmpty() || !links.isEmpty()) {
      Path folder = folders.isEmpty() ? links.remove() : folders.remove();
      if (!entered.add(folder.toRealPath())) {
        continue;
      }
      for (Path child : children(folder)) {
        if (rest.matches(top.relativize(child).toString())) {
          add(child);
        }
        if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
          folders.add(child);
        } else if (Files.isDirectory(child)) {
          links.add(child);
        }
      }
    }
  }

  private static TreeSet<Path> children(Path folder) throws IOException {
    TreeSet<Path> children = new TreeSet<>();
    Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(listed)) {
      stream.forEach(child -> children.add(folder.resolve(child.getFileName())));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return children;
  }

  private void add(Path path) {
    boolean folder = Files.isDirectory(path);
    boolean file = Files.isRegularFile(path);
    boolean dangling = !folder && !file && Files.isSymbolicLink(path) && !Files.exists(path);
    if (wantsFolders ? folder : file || dangling) {
      found.add(path);
    }
  }
}
