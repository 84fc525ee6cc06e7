/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dedupe.Deduplicate;
import io.sluice.file.KeyFrom;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the options of reading mean together, before anything outside is asked.
 *
 * @param input patterns of the files, not empty
 * @param table the table's name
 * @param kind the format of the input, or AUTO
 * @param formats the formats as they are set
 * @param keyFrom where the partition key comes from
 */
record SourcePlan(
    List<String> input,
    String table,
    SourceOptions.InputFormat kind,
    Formats formats,
    KeyFrom keyFrom) {

  private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:.+");
  private static final Set<SourceOptions.InputFormat> FIELDS =
      EnumSet.of(
          SourceOptions.InputFormat.AUTO,
          SourceOptions.InputFormat.CSV,
          SourceOptions.InputFormat.REJECTS);

  /** Reads the options; where a problem is told, the plan is not to be used. */
  static SourcePlan of(SourceOptions options, Problems problems) {
    List<String> input = options.getInput();
    if (input == null || input.isEmpty()) {
      problems.add("--input is missing: give files to read, such as s3://bucket/trips/*.csv");
      input = List.of();
    }
    String table = options.getTable();
    if (table == null) {
      problems.add("--table is missing: give the name of the table");
    } else if (!TABLE_NAME.matcher(table).matches()) {
      problems.add("--table=" + table + " must be 3 to 255 of the characters a-z A-Z 0-9 _ . -");
    }
    checkFormatOptions(options, problems);
    Formats formats = Formats.of(options, input, problems);
    KeyFrom keyFrom = problems.parse("keyFrom", options.getKeyFrom(), KeyFrom::parse);
    problems.atLeast("minLength", options.getMinLength(), 0);
    problems.atLeast("shards", options.getShards(), 1);
    boolean ordered =
        options.getDedupe() == Deduplicate.Keep.LATEST
            || options.getDedupe() == Deduplicate.Keep.FIRST;
    if (options.getOrderBy() != null && !ordered) {
      problems.add("--orderBy goes with --dedupe=LATEST or --dedupe=FIRST");
    }
    return new SourcePlan(input, table, options.getFormat(), formats, keyFrom);
  }

  private static void checkFormatOptions(SourceOptions options, Problems problems) {
    SourceOptions.InputFormat kind = options.getFormat();
    if (!FIELDS.contains(kind)) {
      onlyFor("CSV", "csvHeader", options.getCsvHeader(), problems);
      onlyFor("CSV", "csvDelimiter", options.getCsvDelimiter(), problems);
      onlyFor("CSV", "nullValue", options.getNullValue(), problems);
      if (kind != SourceOptions.InputFormat.JSON) {
        onlyFor("CSV or JSON", "columns", options.getColumns(), problems);
      }
    }
  }

  private static void onlyFor(
      String format, String option, @Nullable Object value, Problems problems) {
    if (value != null) {
      problems.add("--" + option + " goes with --format=" + format);
    }
  }
}
