/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.file.CsvFormat;
import io.sluice.file.FileCompression;
import io.sluice.file.InputFiles;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Looks whether a CSV file seems to have been read with another delimiter than its own. */
final class OneColumn {
  private static final String DELIMITERS = ";\t|,";
  private static final int SHOWN = 200;

  private OneColumn() {}

  /** Says on standard error so of the first file that has anything in it. */
  static void look(List<MatchResult.Metadata> files, CsvFormat csv, FileCompression compression)
      throws IOException {
    for (MatchResult.Metadata file : files) {
      byte[] head = file.sizeBytes() == 0 ? new byte[0] : InputFiles.head(file, compression);
      if (head.length > 0) {
        String hint = hint(file.resourceId().toString(), csv.columnsIn(head));
        if (hint != null) {
          System.err.println("sluice: " + hint);
        }
        return;
      }
    }
  }

  /** A line that shows the header; null when nothing is odd about it. */
  static @Nullable String hint(String file, List<String> columns) {
    if (columns.size() != 1) {
      return null;
    }
    String header = columns.get(0);
    for (char delimiter : DELIMITERS.toCharArray()) {
      if (header.indexOf(delimiter) >= 0) {
        String shown = header.length() > SHOWN ? header.substring(0, SHOWN) + "…" : header;
        return "the header of %s has one column, '%s'; if it is several, give --csvDelimiter=%s"
            .formatted(
                file,
                shown.replace("\t", "\\t").replaceAll("\\p{Cntrl}", "?"),
                delimiter == '\t' ? "tab" : "'" + delimiter + "'");
      }
    }
    return null;
  }
}
