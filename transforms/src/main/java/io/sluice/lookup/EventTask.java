/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.source.FileSlices;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * A part of the input that one worker reads in its order.
 *
 * @param number of the task, from 0, in the order of the input
 */
record EventTask(int number, List<FileSlice> slices) implements Serializable {
  private static final long LEAST_BYTES = 1L << 20;
  private static final long MOST_BYTES = 64L << 20;

  /** Enough for the slots of a cluster of some size. */
  private static final int TASKS = 256;

  private static final int MOST_SLICES = 1000;

  EventTask {
    slices = List.copyOf(slices);
  }

  /** Divides files into tasks. */
  static List<EventTask> of(
      List<MatchResult.Metadata> files, Format format, FileCompression compression)
      throws IOException {
    long all = files.stream().mapToLong(MatchResult.Metadata::sizeBytes).sum();
    long target = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, all / TASKS));
    List<EventTask> tasks = new ArrayList<>();
    List<FileSlice> slices = new ArrayList<>();
    long bytes = 0;
    for (MatchResult.Metadata file : files) {
      FileSlice whole =
          FileSlice.whole(file.resourceId(), file.sizeBytes()).compressedBy(compression);
      for (FileSlice slice : FileSlices.of(file, whole, format, target)) {
        if (!slices.isEmpty() && (bytes + slice.bytes() > target || slices.size() == MOST_SLICES)) {
          tasks.add(new EventTask(tasks.size(), slices));
          slices = new ArrayList<>();
          bytes = 0;
        }
        slices.add(slice);
        bytes += slice.bytes();
      }
    }
    if (!slices.isEmpty()) {
      tasks.add(new EventTask(tasks.size(), slices));
    }
    return tasks;
  }
}
