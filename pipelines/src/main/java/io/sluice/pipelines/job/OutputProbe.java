/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Tests, before a job begins, whether it will be able to write the files that it writes at its very
 * end: by writing, since permission to list says nothing about that.
 */
public final class OutputProbe {
  private static final String PROBE = ".sluice-probe";

  private OutputProbe() {}

  /**
   * Tests whether the folder of the rejections can be written.
   *
   * @throws JobException when it cannot
   */
  public static void checkRejects(@Nullable String place, Console console) {
    check("rejects", place, console);
  }

  /**
   * Tests whether the files of the report can be written.
   *
   * @throws JobException when one cannot
   */
  public static void checkReport(List<String> places, Console console) {
    places.forEach(place -> check("report", place, console));
  }

  /**
   * Tests whether a folder for results can be written.
   *
   * @throws JobException when it cannot
   */
  public static void checkOutput(String place, Console console) {
    check("output", place, console);
  }

  /**
   * Tests whether the folder of what DynamoDB loads can be written.
   *
   * @throws JobException when it cannot
   */
  public static void checkStaging(String place, Console console) {
    check("staging", place, console);
  }

  /**
   * Tests whether the folder of checkpoints can be written.
   *
   * @throws JobException when it cannot
   */
  public static void checkCheckpoints(String place, Console console) {
    check("checkpoints", place, console);
  }

  private static void check(String option, @Nullable String place, Console console) {
    if (place == null) {
      return;
    }
    if (place.matches("[a-z0-9]+://[^/]+/?") || (option.equals("report") && place.endsWith("/"))) {
      throw new JobException("--" + option + "=" + place + " must name something in the bucket");
    }
    try {
      ResourceId resource = FileSystems.matchNewResource(place, place.endsWith("/"));
      if (resource.getScheme().equals("file")) {
        probe(Path.of(resource.toString()).toAbsolutePath(), !option.equals("report"));
      } else {
        // Permission to write in a folder does not imply permission to write next to it.
        String end = option.equals("report") || place.endsWith("/") ? "" : "/";
        probe(FileSystems.matchNewResource(place + end + PROBE, false), console);
      }
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "--" + option + "=" + place + " cannot be written: " + UserMessages.oneLine(e), e);
    }
  }

  /**
   * Writes a small file into the folder, or into its nearest existing ancestor, and removes it
   * again.
   */
  private static void probe(Path place, boolean isFolder) throws IOException {
    if (!isFolder && Files.isDirectory(place)) {
      throw new IOException("it is a folder");
    }
    if (!isFolder && Files.exists(place) && !Files.isWritable(place)) {
      throw new IOException("it may not be written");
    }
    Path folder = isFolder ? place : place.getParent();
    while (folder.getParent() != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder");
    }
    try {
      Files.delete(Files.createTempFile(folder, PROBE, ""));
    } catch (AccessDeniedException e) {
      throw new IOException("the folder " + folder + " may not be written", e);
    }
  }

  /** Writes a small object, and removes it again. */
  private static void probe(ResourceId object, Console console) throws IOException {
    try (WritableByteChannel out = FileSystems.create(object, "text/plain")) {
      out.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    try {
      FileSystems.delete(List.of(object), StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      // Permission to write does not imply permission to delete.
      console.tell(
          object
              + ", a probe of whether it can be written there, stays: "
              + UserMessages.oneLine(e));
    }
  }
}
