/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.Format;
import io.sluice.format.avro.AvroFormat;
import io.sluice.format.csv.CsvDialect;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.datapipeline.DataPipelineFormat;
import io.sluice.format.dynamodbjson.DynamoDbJsonFormat;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.json.RecordPathFormat;
import io.sluice.format.parquet.ParquetFormat;
import io.sluice.format.rejects.RejectsFormat;
import io.sluice.format.stream.ColumnText;
import io.sluice.format.stream.StreamFormat;
import io.sluice.format.text.TextFormat;
import io.sluice.pipelines.cli.OptionErrors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The formats as the options set them, whichever of them the input turns out to be.
 *
 * @param csv CSV with its header, delimiter and columns
 * @param json JSON with its columns
 * @param text text with its attribute
 * @param recordPath where the records of JSON are within the document; empty for its outermost list
 */
public record InputFormats(
    CsvFormat csv, JsonFormat json, TextFormat text, List<String> recordPath) {

  /** Reads the options; where a problem is told, the formats are not to be used. */
  public static InputFormats of(SourceOptions options, OptionErrors problems) {
    CsvFormat csv = csv(options, problems);
    TextFormat text =
        problems.parse(
            "textAttribute",
            options.getTextAttribute(),
            name -> new TextFormat(name, Math.max(0, options.getMinLength())));
    JsonFormat json = csv == null ? null : JsonFormat.withColumns(csv.values().columns());
    List<String> path =
        problems.parse("recordPath", options.getRecordPath(), RecordPathFormat::parsePath);
    return new InputFormats(csv, json, text, path == null ? List.of() : path);
  }

  public Format of(SourceOptions.InputFormat kind) {
    return switch (kind) {
      case CSV -> csv;
      case TEXT -> text;
      case JSON -> within(json);
      case DYNAMODB_JSON -> within(new DynamoDbJsonFormat());
      case DATA_PIPELINE -> new DataPipelineFormat();
      case PARQUET -> new ParquetFormat();
      case AVRO -> new AvroFormat();
      case REJECTS -> rejects();
      case AUTO -> throw new IllegalArgumentException("AUTO is no format by itself");
    };
  }

  private StreamFormat within(StreamFormat records) {
    return recordPath.isEmpty() ? records : new RecordPathFormat(records, recordPath);
  }

  /** The settings are those of the run whose rejections are replayed, or mended ones. */
  private RejectsFormat rejects() {
    Map<String, StreamFormat> formats = new HashMap<>();
    for (StreamFormat format :
        List.of(csv, text, json, new DynamoDbJsonFormat(), new DataPipelineFormat())) {
      formats.put(format.name(), format);
    }
    return new RejectsFormat(formats);
  }

  private static @Nullable CsvFormat csv(SourceOptions options, OptionErrors problems) {
    CsvDialect dialect = dialect(options, problems);
    if (dialect == null) {
      return null;
    }
    CsvValues values =
        new CsvValues(
            types("columns", options.getColumns(), problems),
            Map.of(),
            options.getEmptyAs(),
            options.getNullValue(),
            options.isDecimalComma());
    return new CsvFormat(options.getCsvHeader(), dialect, options.getCsvQuotedNewlines(), values);
  }

  private static @Nullable CsvDialect dialect(SourceOptions options, OptionErrors problems) {
    String given = options.getCsvDelimiter() == null ? "," : options.getCsvDelimiter();
    String delimiter = given.equalsIgnoreCase("tab") || given.equals("\\t") ? "\t" : given;
    CsvDialect plain = problems.parse("csvDelimiter", delimiter, CsvDialect::of);
    if (plain == null) {
      return null;
    }
    Character escape = problems.parse("csvEscape", options.getCsvEscape(), InputFormats::character);
    Character comment =
        problems.parse("csvComment", options.getCsvComment(), InputFormats::character);
    problems.atLeast("csvSkipLines", options.getCsvSkipLines(), 0);
    int skipped = Math.max(0, options.getCsvSkipLines());
    try {
      return new CsvDialect(delimiter, escape, comment, skipped, options.getEncoding());
    } catch (IllegalArgumentException e) {
      problems.add("CSV: " + e.getMessage());
      return null;
    }
  }

  private static char character(String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException("'" + text + "' must be one character");
    }
    return text.charAt(0);
  }

  /** The types of columns that an option gives as {@code name:TYPE}, in their order. */
  static Map<String, ColumnText.Type> types(
      String option, @Nullable List<String> columns, OptionErrors problems) {
    Map<String, ColumnText.Type> types = new LinkedHashMap<>();
    for (String column : columns == null ? List.<String>of() : columns) {
      int colon = column.lastIndexOf(':');
      try {
        String type = column.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
        types.put(column.substring(0, colon).strip(), ColumnText.Type.valueOf(type));
      } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
        problems.add("--" + option + "=" + column + " must be name:S, name:N, name:BOOL or name:B");
      }
    }
    return types;
  }
}
