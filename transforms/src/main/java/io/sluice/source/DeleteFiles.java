/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.report.Tally;
import io.sluice.report.WhenDone;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Deletes files when the tally of the whole job shows that everything was written: its counts add
 * up and it has no more rejections than allowed. A file whose size or time has changed since it was
 * listed fails the bundle before any file is deleted; a change between that check and the deletion
 * goes unnoticed. Deleting a missing file does nothing, so a retry is safe.
 *
 * <p>File systems interpret wildcards in a file's name, so files with such names are refused.
 */
public final class DeleteFiles extends PTransform<PCollection<Tally>, PDone> {
  private static final long serialVersionUID = 1L;

  private final FileSelection files;
  private final long maxRejects;

  private DeleteFiles(FileSelection files, long maxRejects) {
    this.files = files;
    this.maxRejects = maxRejects;
  }

  /**
   * Deletes these files, as they were listed, if nothing was rejected.
   *
   * @throws IllegalArgumentException when {@link #isDeletable} is false for one of them
   */
  public static DeleteFiles of(List<MatchResult.Metadata> files) {
    for (MatchResult.Metadata file : files) {
      if (!isDeletable(file)) {
        throw new IllegalArgumentException(file.resourceId() + " has a wildcard in its name");
      }
    }
    return new DeleteFiles(FileSelection.of(files), 0);
  }

  /** Whether the file's name is free of wildcards. */
  public static boolean isDeletable(MatchResult.Metadata file) {
    return !Storage.hasWildcard(file.resourceId().toString());
  }

  /**
   * Finds a symbolic link on the path to a file on a disk, after the part that the patterns name
   * literally; empty when there is none. A file that is itself a link is deleted as a link.
   */
  public static Optional<String> linkTo(MatchResult.Metadata file, List<String> patterns) {
    ResourceId place = file.resourceId();
    if (!place.getScheme().equals("file")) {
      return Optional.empty();
    }
    Path path = path(place.toString());
    Path named =
        patterns.stream()
            .filter(pattern -> pattern.startsWith("file:") || !pattern.contains("://"))
            .map(DeleteFiles::named)
            .filter(path::startsWith)
            .max(Comparator.comparingInt(Path::getNameCount))
            .orElse(path.getRoot());
    for (Path folder = path.getParent();
        folder != null && folder.getNameCount() > named.getNameCount();
        folder = folder.getParent()) {
      if (Files.isSymbolicLink(folder)) {
        return Optional.of(folder.toString());
      }
    }
    return Optional.empty();
  }

  /** Returns the part of a pattern before its wildcards. */
  private static Path named(String pattern) {
    String text = pattern;
    while (Storage.hasWildcard(text)) {
      text = text.substring(0, Math.max(0, text.lastIndexOf('/')));
    }
    return path(text);
  }

  private static Path path(String place) {
    String text = FileSystems.matchNewResource(place.isEmpty() ? "." : place, true).toString();
    return Path.of(text).toAbsolutePath().normalize();
  }

  /** Deletes unless there are more rejections than this; 0 or more. */
  public DeleteFiles unlessRejectedOver(long maxRejects) {
    return new DeleteFiles(files, maxRejects);
  }

  @Override
  public PDone expand(PCollection<Tally> whole) {
    FileSelection read = files;
    whole.apply("Delete", WhenDone.within(maxRejects, () -> delete(read)));
    return PDone.in(whole.getPipeline());
  }

  private static void delete(FileSelection files) throws IOException {
    List<ResourceId> there = new ArrayList<>();
    for (MatchResult.Metadata read : files.list()) {
      for (MatchResult.Metadata now : Storage.find(List.of(read.resourceId().toString())).get(0)) {
        if (now.sizeBytes() != read.sizeBytes()
            || now.lastModifiedMillis() != read.lastModifiedMillis()) {
          throw new IOException(
              read.resourceId() + " has changed since it was read: no input is deleted");
        }
        there.add(now.resourceId());
      }
    }
    FileSystems.delete(there);
  }
}
