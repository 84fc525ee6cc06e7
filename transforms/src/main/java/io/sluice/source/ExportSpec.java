/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileSlice;
import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What of an export is read, and how.
 *
 * @param segments the number of files; 1 if there are none
 * @param startMillis the time of the export, in milliseconds since 1970
 * @param endMillis the time of its end, the same if it is of a point in time
 * @param partBytes the size of a part; 0 for none
 * @param spools whether pages of a large export wait in files
 */
record ExportSpec(
    FileSelection selection,
    SliceReader.Recipe recipe,
    int segments,
    long startMillis,
    long endMillis,
    long partBytes,
    boolean spools)
    implements Serializable {

  ExportSpec withPartBytes(long bytes) {
    return new ExportSpec(selection, recipe, segments, startMillis, endMillis, bytes, spools);
  }

  ExportSpec withSpool() {
    return new ExportSpec(selection, recipe, segments, startMillis, endMillis, partBytes, true);
  }

  ExportSpec withoutFiles(boolean nowSpools) {
    return new ExportSpec(
        FileSelection.NONE, recipe, segments, startMillis, endMillis, partBytes, nowSpools);
  }

  /**
   * A file, which is a segment.
   *
   * @param number of the segment
   * @param slice the whole file; null for an export without files
   * @param firstPart the part of its first page
   * @param parts how many parts its pages are divided into, 1 or more
   */
  record File(int number, @Nullable FileSlice slice, int firstPart, int parts)
      implements Serializable {
    long bytes() {
      return slice == null ? 0 : slice.bytes();
    }
  }
}
