/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dedupe.Deduplicate;
import io.sluice.file.CsvFormat;
import io.sluice.file.FileCompression;
import io.sluice.file.KeyFrom;
import io.sluice.file.PathColumns;
import java.util.List;

/**
 * What the options of reading mean together, before anything outside is asked.
 *
 * @param input patterns of the files; empty when all are in a list of names
 * @param table the table's name
 * @param kind the format of the input, or AUTO
 * @param formats the formats as they are set
 * @param keyFrom where the partition key comes from
 */
record SourcePlan(
    List<String> input,
    String table,
    SourceOptions.InputFormat kind,
    FileCompression compression,
    PathColumns pathColumns,
    Formats formats,
    KeyFrom keyFrom) {

  /** Reads the options; where a problem is told, the plan is not to be used. */
  static SourcePlan of(SourceOptions options, Problems problems) {
    List<String> input = options.getInput();
    if (input == null || input.isEmpty()) {
      if (options.getInputList() == null) {
        problems.add("--input is missing: give files to read, such as s3://bucket/trips/*.csv");
      }
      input = List.of();
    }
    String table = options.getTable();
    TableNames.check(table, problems);
    checkFormatOptions(options.getFormat(), options, problems);
    Formats formats = Formats.of(options, problems);
    KeyFrom keyFrom = problems.parse("keyFrom", options.getKeyFrom(), KeyFrom::parse);
    problems.atLeast("minLength", options.getMinLength(), 0);
    problems.atLeast("shards", options.getShards(), 1);
    boolean ordered =
        options.getDedupe() == Deduplicate.Keep.LATEST
            || options.getDedupe() == Deduplicate.Keep.FIRST;
    if (options.getOrderBy() != null && !ordered) {
      problems.add("--orderBy goes with --dedupe=LATEST or --dedupe=FIRST");
    }
    PathColumns pathColumns =
        new PathColumns(Formats.types("pathColumns", options.getPathColumns(), problems));
    return new SourcePlan(
        input, table, options.getFormat(), options.getCompression(), pathColumns, formats, keyFrom);
  }

  /** Tells options that do not go with a format; of AUTO, which nothing is known of, none. */
  static void checkFormatOptions(
      SourceOptions.InputFormat kind, SourceOptions options, Problems problems) {
    if (kind == SourceOptions.InputFormat.AUTO || kind == SourceOptions.InputFormat.REJECTS) {
      return;
    }
    if (kind != SourceOptions.InputFormat.CSV) {
      onlyFor("CSV", "csvHeader", options.getCsvHeader() != null, problems);
      onlyFor("CSV", "csvDelimiter", options.getCsvDelimiter() != null, problems);
      onlyFor("CSV", "csvEscape", options.getCsvEscape() != null, problems);
      onlyFor("CSV", "csvComment", options.getCsvComment() != null, problems);
      onlyFor("CSV", "csvSkipLines", options.getCsvSkipLines() != 0, problems);
      onlyFor("CSV", "encoding", options.getEncoding() != null, problems);
      onlyFor("CSV", "decimalComma", options.isDecimalComma(), problems);
      onlyFor("CSV", "nullValue", options.getNullValue() != null, problems);
      onlyFor("CSV", "emptyAs", options.getEmptyAs() != CsvFormat.EmptyAs.OMIT, problems);
      boolean quotes = options.getCsvQuotedNewlines() != CsvFormat.QuotedNewlines.ALLOWED;
      onlyFor("CSV", "csvQuotedNewlines", quotes, problems);
      if (kind != SourceOptions.InputFormat.JSON) {
        onlyFor("CSV or JSON", "columns", options.getColumns() != null, problems);
      }
    }
    if (kind != SourceOptions.InputFormat.JSON && kind != SourceOptions.InputFormat.DYNAMODB_JSON) {
      onlyFor("JSON or DYNAMODB_JSON", "recordPath", options.getRecordPath() != null, problems);
    }
    if (kind != SourceOptions.InputFormat.TEXT) {
      onlyFor("TEXT", "minLength", options.getMinLength() != 1, problems);
      onlyFor("TEXT", "textAttribute", !options.getTextAttribute().equals("text"), problems);
    }
    if (kind == SourceOptions.InputFormat.CSV && options.getOrderBy() != null) {
      checkOrder(options, problems);
    }
  }

  /** Text 9 is after text 10: what is compared has to be said. */
  private static void checkOrder(SourceOptions options, Problems problems) {
    String prefix = options.getOrderBy() + ":";
    List<String> columns = options.getColumns() == null ? List.of() : options.getColumns();
    if (columns.stream().noneMatch(column -> column.strip().startsWith(prefix))) {
      problems.add(
          "--orderBy="
              + options.getOrderBy()
              + " needs a type in --columns: "
              + prefix
              + "N to compare numbers, "
              + prefix
              + "S to compare text");
    }
  }

  private static void onlyFor(String format, String option, boolean given, Problems problems) {
    if (given) {
      problems.add("--" + option + " goes with --format=" + format);
    }
  }
}
