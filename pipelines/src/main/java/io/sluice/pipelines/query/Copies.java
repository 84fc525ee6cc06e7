/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.job.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Copies files to a temporary folder, several at a time.
 *
 * @param scratch the folder
 */
record Copies(Scratch scratch) {
  private static final int AT_ONCE = 8;

  /**
   * Copies files of a table.
   *
   * @param table its name
   * @param place their folder, ending in a slash
   * @param names of the files within the folder
   * @param bytes their length in all
   * @return the folder of the copies, ending in a slash, where they have the same names
   * @throws JobException when there is no room for them
   */
  String of(String table, String place, List<String> names, long bytes) throws IOException {
    Optional<String> problem = scratch.problem(bytes);
    if (problem.isPresent()) {
      throw new JobException(table + " cannot be queried: " + problem.get());
    }
    Path folder = inside(scratch.folder(), table);
    ExecutorService copiers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Path>> copies = new ArrayList<>();
      for (String name : names) {
        copies.add(copiers.submit(() -> copy(place + name, inside(folder, name))));
      }
      for (Future<Path> copy : copies) {
        copy.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException(place + " cannot be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + place, e);
    } finally {
      copiers.shutdownNow();
    }
    return folder + "/";
  }

  private static Path copy(String file, Path copy) throws IOException {
    Files.createDirectories(copy.getParent());
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(file, false)))) {
      Files.copy(in, copy);
    }
    return copy;
  }

  /** Keeps the file inside the folder: a name is data, and must not lead elsewhere. */
  private static Path inside(Path folder, String name) throws IOException {
    Path place = folder.resolve(name).normalize();
    if (!place.startsWith(folder) || place.equals(folder)) {
      throw new IOException("a manifest has the name " + name + ", which is not below its folder");
    }
    return place;
  }
}
