/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.format.FileCompression;
import io.sluice.format.FileSlice;
import io.sluice.format.Format;
import io.sluice.format.ReaderSettings;
import io.sluice.format.RecordReader;
import io.sluice.format.UnreadableFileException;
import io.sluice.format.json.ChangeKind;
import io.sluice.format.json.ChangeRecords;
import io.sluice.format.registry.FileFormat;
import io.sluice.source.FormatDetector;
import io.sluice.source.InputFiles;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How files with columns are read, which may be those of AWS DMS.
 *
 * @param file the first one that is not empty
 * @param reader of the files
 * @param columns of the first file
 * @param kind of its changes; null when it holds none, or is not read as changes are
 */
record ColumnFiles(String file, Format reader, List<String> columns, @Nullable ChangeKind kind) {
  /**
   * Looks at the first file that is not empty.
   *
   * @return null when all files are empty, or the first one has no columns
   * @throws IOException when it cannot be read
   */
  static @Nullable ColumnFiles of(
      List<MatchResult.Metadata> files, ReaderSettings readers, FileCompression compression)
      throws IOException {
    for (MatchResult.Metadata file : files) {
      if (file.sizeBytes() > 0) {
        return of(file, files, readers, compression);
      }
    }
    return null;
  }

  private static @Nullable ColumnFiles of(
      MatchResult.Metadata file,
      List<MatchResult.Metadata> files,
      ReaderSettings readers,
      FileCompression compression)
      throws IOException {
    String name = file.resourceId().toString();
    FormatDetector.Detection detection =
        FormatDetector.detect(name, InputFiles.head(file, compression));
    if (!(detection instanceof FormatDetector.Found found)
        || !ChangeRecords.isAppliedIn(found.format().name())) {
      return null;
    }
    Format reader = reader(found.format(), files, readers);
    FileSlice slice =
        FileSlice.whole(file.resourceId(), file.sizeBytes()).compressedBy(compression);
    try (RecordReader records = reader.open(slice)) {
      return new ColumnFiles(
          name, reader, records.columns(), ChangeRecords.inColumns(reader, slice, records));
    } catch (IOException e) {
      throw new UnreadableFileException(file.resourceId(), e);
    }
  }

  private static Format reader(
      FileFormat format, List<MatchResult.Metadata> files, ReaderSettings readers)
      throws IOException {
    List<String> names = files.stream().map(file -> file.resourceId().toString()).toList();
    try {
      return format.definition().readerFor(names, format.reader(readers), readers);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
