/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dedupe.Deduplicate;
import io.sluice.file.CsvFormat;
import io.sluice.file.DynamoDbJsonFormat;
import io.sluice.file.Format;
import io.sluice.file.KeyFrom;
import io.sluice.file.RejectsFormat;
import io.sluice.file.StreamFormat;
import io.sluice.file.TextFormat;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the options of reading mean together, before anything outside is asked.
 *
 * @param input patterns of the files, not empty
 * @param table the table's name
 * @param format how the files are read
 * @param keyFrom where the partition key comes from
 */
record SourcePlan(List<String> input, String table, Format format, KeyFrom keyFrom) {

  private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:.+");

  /** Reads the options; where a problem is told, the plan is not to be used. */
  static SourcePlan of(SourceOptions options, Problems problems) {
    return new Reader(options, problems).read();
  }

  private static final class Reader {
    private final SourceOptions options;
    private final Problems problems;

    Reader(SourceOptions options, Problems problems) {
      this.options = options;
      this.problems = problems;
    }

    SourcePlan read() {
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
      Format format = format(input);
      KeyFrom keyFrom = problems.parse("keyFrom", options.getKeyFrom(), KeyFrom::parse);
      problems.atLeast("shards", options.getShards(), 1);
      boolean ordered =
          options.getDedupe() == Deduplicate.Keep.LATEST
              || options.getDedupe() == Deduplicate.Keep.FIRST;
      if (options.getOrderBy() != null && !ordered) {
        problems.add("--orderBy goes with --dedupe=LATEST or --dedupe=FIRST");
      }
      return new SourcePlan(input, table, format, keyFrom);
    }

    private @Nullable Format format(List<String> input) {
      SourceOptions.InputFormat format =
          options.getFormat() == null ? byExtension(input) : options.getFormat();
      boolean fields =
          format == SourceOptions.InputFormat.CSV || format == SourceOptions.InputFormat.REJECTS;
      if (!fields) {
        onlyFor("CSV", "csvHeader", options.getCsvHeader());
        onlyFor("CSV", "csvDelimiter", options.getCsvDelimiter());
        onlyFor("CSV", "columns", options.getColumns());
        onlyFor("CSV", "nullValue", options.getNullValue());
      }
      if (format == null) {
        return null;
      }
      return switch (format) {
        case CSV -> csv(input);
        case TEXT -> text();
        case DYNAMODB_JSON -> new DynamoDbJsonFormat();
        case REJECTS -> rejects(input);
      };
    }

    private @Nullable StreamFormat text() {
      return problems.parse(
          "textAttribute",
          options.getTextAttribute(),
          name -> new TextFormat(name, options.getMinLength()));
    }

    /** The settings are those of the run whose rejections are replayed, mended. */
    private @Nullable Format rejects(List<String> input) {
      StreamFormat csv = csv(input);
      StreamFormat text = text();
      if (csv == null || text == null) {
        return null;
      }
      Map<String, StreamFormat> formats = new HashMap<>();
      for (StreamFormat format : List.of(csv, text, new DynamoDbJsonFormat())) {
        formats.put(format.name(), format);
      }
      return new RejectsFormat(formats);
    }

    private void onlyFor(String format, String option, @Nullable Object value) {
      if (value != null && options.getFormat() != null) {
        problems.add("--" + option + " goes with --format=" + format);
      }
    }

    private SourceOptions.@Nullable InputFormat byExtension(List<String> input) {
      if (!input.isEmpty() && input.stream().allMatch(i -> ends(i, ".csv") || ends(i, ".tsv"))) {
        return SourceOptions.InputFormat.CSV;
      }
      if (!input.isEmpty() && input.stream().allMatch(i -> ends(i, ".txt"))) {
        return SourceOptions.InputFormat.TEXT;
      }
      if (!input.isEmpty()) {
        problems.add(
            "--format is missing, and the names of --input do not all end in .csv, .tsv or .txt:"
                + " give CSV, TEXT, DYNAMODB_JSON or REJECTS");
      }
      return null;
    }

    private static boolean ends(String file, String extension) {
      String name = file.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|bz2|zst)$", "");
      return name.endsWith(extension);
    }

    private @Nullable StreamFormat csv(List<String> input) {
      boolean tabs = !input.isEmpty() && input.stream().allMatch(i -> ends(i, ".tsv"));
      String delimiter = options.getCsvDelimiter();
      if (delimiter == null) {
        delimiter = tabs ? "\t" : ",";
      } else if (delimiter.equalsIgnoreCase("tab") || delimiter.equals("\\t")) {
        delimiter = "\t";
      }
      if (delimiter.length() != 1) {
        problems.add("--csvDelimiter=" + delimiter + " must be one character, or tab");
        return null;
      }
      CsvFormat.Values values =
          new CsvFormat.Values(columns(), Map.of(), options.getEmptyAs(), options.getNullValue());
      return problems.parse(
          "csvDelimiter",
          delimiter,
          d ->
              new CsvFormat(
                  options.getCsvHeader(), d.charAt(0), options.getCsvQuotedNewlines(), values));
    }

    private Map<String, CsvFormat.ColumnType> columns() {
      Map<String, CsvFormat.ColumnType> columns = new LinkedHashMap<>();
      if (options.getColumns() != null) {
        for (String column : options.getColumns()) {
          int colon = column.lastIndexOf(':');
          try {
            String type = column.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
            columns.put(column.substring(0, colon).strip(), CsvFormat.ColumnType.valueOf(type));
          } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            problems.add("--columns=" + column + " must be name:S, name:N, name:BOOL or name:B");
          }
        }
      }
      return columns;
    }
  }
}
