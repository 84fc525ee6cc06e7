/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileSlice;
import io.sluice.item.page.ReadTime;
import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What of an export is read, and how.
 *
 * @param segments the number of files; 1 if there are none
 * @param time when its items were read
 * @param partBytes the size of a part; 0 for none
 * @param spools whether pages of a large export wait in files
 */
record ExportSpec(
    FileSelection selection,
    SliceReader.Recipe recipe,
    int segments,
    ReadTime time,
    long partBytes,
    boolean spools)
    implements Serializable {

  ExportSpec withPartBytes(long bytes) {
    return new ExportSpec(selection, recipe, segments, time, bytes, spools);
  }

  ExportSpec withSpool() {
    return new ExportSpec(selection, recipe, segments, time, partBytes, true);
  }

  ExportSpec withoutFiles(boolean nowSpools) {
    return new ExportSpec(FileSelection.NONE, recipe, segments, time, partBytes, nowSpools);
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
