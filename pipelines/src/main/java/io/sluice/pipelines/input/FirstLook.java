/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.FileCompression;
import io.sluice.format.Format;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.json.ListsWithin;
import io.sluice.pipelines.cli.Console;
import io.sluice.source.InputFiles;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks whether a file seems to be read in a way that was not intended. */
final class FirstLook {
  private static final String DELIMITERS = ";\t|,";
  private static final int SHOWN = 200;
  private static final int NAMES = 8;

  private FirstLook() {}

  /** Prints what is odd about the first file that is not empty. */
  static void at(
      List<MatchResult.Metadata> files, Format format, FileCompression compression, Console console)
      throws IOException {
    if (!(format instanceof JsonFormat
        || (format instanceof CsvFormat csv && csv.header() == null))) {
      return;
    }
    for (MatchResult.Metadata file : files) {
      byte[] head = file.sizeBytes() == 0 ? new byte[0] : InputFiles.head(file, compression);
      if (head.length > 0) {
        String name = file.resourceId().toString();
        String hint =
            format instanceof CsvFormat csv
                ? oneColumn(name, csv.columnsIn(head))
                : lists(name, ListsWithin.of(head));
        if (hint != null) {
          console.tell(hint);
        }
        return;
      }
    }
  }

  /** Returns a line that shows a header with one column; null when nothing is odd about it. */
  static @Nullable String oneColumn(String file, List<String> columns) {
    if (columns.size() != 1) {
      return null;
    }
    String header = columns.get(0);
    for (char delimiter : DELIMITERS.toCharArray()) {
      if (header.indexOf(delimiter) >= 0) {
        return "the header of %s has one column, '%s'; if it is several, give --csvDelimiter=%s"
            .formatted(file, shown(header), delimiter == '\t' ? "tab" : "'" + delimiter + "'");
      }
    }
    return null;
  }

  /** Returns a line that shows the contents of a document; null when it has no list of objects. */
  static @Nullable String lists(String file, ListsWithin within) {
    if (within.paths().isEmpty()) {
      return null;
    }
    return "%s is read as one item, with the members %s; if the items are in a list of it, give --recordPath=%s"
        .formatted(file, some(within.members(), ", "), some(within.paths(), " or "));
  }

  private static String some(List<String> names, String separator) {
    String some =
        names.stream().limit(NAMES).map(name -> shown(name)).collect(Collectors.joining(separator));
    return names.size() > NAMES ? some + separator + "…" : some;
  }

  private static String shown(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return shown.replace("\t", "\\t").replaceAll("\\p{Cntrl}", "?");
  }
}
