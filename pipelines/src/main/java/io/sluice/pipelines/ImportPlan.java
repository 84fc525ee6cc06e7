/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import io.sluice.dedupe.Deduplicate;
import io.sluice.dynamodb.CreateTable;
import io.sluice.dynamodb.WriteEngine;
import io.sluice.file.CsvFormat;
import io.sluice.file.DynamoDbJsonFormat;
import io.sluice.file.Format;
import io.sluice.file.KeyFrom;
import io.sluice.file.TextFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What the import's options mean together, before anything outside is asked.
 *
 * @param input patterns of the files, not empty
 * @param table the table's name
 * @param format how the files are read
 * @param keyFrom where the partition key comes from
 * @param engine what writes
 * @param billing how a missing table is created; null when it is not
 * @param newKey the key of a table to create, or the key that the table is expected to have; null
 *     when nothing is said of it
 */
record ImportPlan(
    List<String> input,
    String table,
    Format format,
    KeyFrom keyFrom,
    WriteEngine engine,
    CreateTable.@Nullable Billing billing,
    @Nullable KeySchema newKey) {

  private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:.+");

  /**
   * @throws UsageException with everything that is wrong
   */
  static ImportPlan of(ImportOptions options) {
    return new Reader(options).read();
  }

  /** Reads the options and collects what is wrong with them. */
  private static final class Reader {
    private final ImportOptions options;
    private final List<String> problems = new ArrayList<>();

    Reader(ImportOptions options) {
      this.options = options;
    }

    ImportPlan read() {
      List<String> input = options.getInput();
      if (input == null || input.isEmpty()) {
        problems.add("--input is missing: give files to read, such as s3://bucket/trips/*.csv");
        input = List.of();
      }
      String table = options.getTable();
      if (table == null) {
        problems.add("--table is missing: give the table to write to");
      } else if (!TABLE_NAME.matcher(table).matches()) {
        problems.add("--table=" + table + " must be 3 to 255 of the characters a-z A-Z 0-9 _ . -");
      }
      Format format = format(input);
      KeyFrom keyFrom = parse("keyFrom", options.getKeyFrom(), KeyFrom::parse);
      WriteEngine engine = parse("writeEngine", options.getWriteEngine(), WriteEngine::parse);
      CreateTable.Billing billing =
          parse("createTable", options.getCreateTable(), CreateTable.Billing::parse);
      KeySchema newKey = newKey();
      if (options.getCreateTable() != null && options.getPartitionKey() == null) {
        problems.add("--createTable needs --partitionKey, such as --partitionKey=id:S");
      }
      atLeast("shards", options.getShards(), 1);
      atLeast("maxRejects", options.getMaxRejects(), 0);
      if (options.getMaxRejects() > 0 && options.getRejects() == null) {
        problems.add(
            "--maxRejects="
                + options.getMaxRejects()
                + " needs --rejects, a folder for what is rejected: it would be lost otherwise");
      }
      boolean ordered =
          options.getDedupe() == Deduplicate.Keep.LATEST
              || options.getDedupe() == Deduplicate.Keep.FIRST;
      if (options.getOrderBy() != null && !ordered) {
        problems.add("--orderBy goes with --dedupe=LATEST or --dedupe=FIRST");
      }
      if (!problems.isEmpty()) {
        throw new UsageException(problems);
      }
      return new ImportPlan(input, table, format, keyFrom, engine, billing, newKey);
    }

    private @Nullable KeySchema newKey() {
      KeyAttribute partitionKey =
          parse("partitionKey", options.getPartitionKey(), KeyAttribute::parse);
      KeyAttribute sortKey = parse("sortKey", options.getSortKey(), KeyAttribute::parse);
      if (partitionKey == null) {
        if (sortKey != null && options.getPartitionKey() == null) {
          problems.add("--sortKey goes with --partitionKey");
        }
        return null;
      }
      return parse("sortKey", "", ignored -> new KeySchema(partitionKey, sortKey));
    }

    private @Nullable Format format(List<String> input) {
      ImportOptions.InputFormat format =
          options.getFormat() == null ? byExtension(input) : options.getFormat();
      if (format != ImportOptions.InputFormat.CSV) {
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
        case TEXT ->
            parse(
                "textAttribute",
                options.getTextAttribute(),
                name -> new TextFormat(name, options.getMinLength()));
        case DYNAMODB_JSON -> new DynamoDbJsonFormat();
      };
    }

    private void onlyFor(String format, String option, @Nullable Object value) {
      if (value != null && options.getFormat() != null) {
        problems.add("--" + option + " goes with --format=" + format);
      }
    }

    private ImportOptions.@Nullable InputFormat byExtension(List<String> input) {
      if (!input.isEmpty() && input.stream().allMatch(i -> ends(i, ".csv") || ends(i, ".tsv"))) {
        return ImportOptions.InputFormat.CSV;
      }
      if (!input.isEmpty() && input.stream().allMatch(i -> ends(i, ".txt"))) {
        return ImportOptions.InputFormat.TEXT;
      }
      if (!input.isEmpty()) {
        problems.add(
            "--format is missing, and the names of --input do not all end in .csv, .tsv or .txt:"
                + " give CSV, TEXT or DYNAMODB_JSON");
      }
      return null;
    }

    private static boolean ends(String file, String extension) {
      String name = file.toLowerCase(Locale.ROOT).replaceAll("\\.(gz|bz2|zst)$", "");
      return name.endsWith(extension);
    }

    private @Nullable Format csv(List<String> input) {
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
      return parse(
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

    private void atLeast(String option, long value, long least) {
      if (value < least) {
        problems.add("--" + option + "=" + value + " must be " + least + " or more");
      }
    }

    private <T> @Nullable T parse(
        String option, @Nullable String value, Function<String, T> parser) {
      if (value == null) {
        return null;
      }
      try {
        return parser.apply(value);
      } catch (IllegalArgumentException e) {
        problems.add("--" + option + ": " + e.getMessage());
        return null;
      }
    }
  }
}
