/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.UnreadableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Cuts files into slices that are read side by side. */
public final class FileSlices {
  private FileSlices() {}

  /**
   * Cuts a file, unless it is short, is checked as a whole, or can only be read from its beginning.
   *
   * @param whole the same file
   * @param target how many bytes a slice has, above 0
   * @return its slices in their order
   * @throws UnreadableFileException when the file's beginning cannot be read
   */
  public static List<FileSlice> of(
      MatchResult.Metadata file, FileSlice whole, Format format, long target)
      throws UnreadableFileException {
    if (file.sizeBytes() <= target
        || whole.check() != null
        || !file.isReadSeekEfficient()
        || !isSplittable(whole, format)) {
      return List.of(whole);
    }
    List<FileSlice> cut = new ArrayList<>();
    for (long start = 0; start < file.sizeBytes(); start += target) {
      long end = Math.min(file.sizeBytes(), start + target);
      cut.add(new FileSlice(file.resourceId(), start, end, end - start, whole.compression(), null));
    }
    return cut;
  }

  private static boolean isSplittable(FileSlice whole, Format format)
      throws UnreadableFileException {
    try (InputStream in = Channels.newInputStream(FileSystems.open(whole.file()))) {
      PushbackInputStream raw = FileCompression.raw(in);
      return whole.compression().of(whole.filename(), raw) == Compression.UNCOMPRESSED
          && format.splittable(raw.readNBytes(Format.HEAD_BYTES));
    } catch (IOException e) {
      throw new UnreadableFileException(whole.file(), e);
    }
  }
}
