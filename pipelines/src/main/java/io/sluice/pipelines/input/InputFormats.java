/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.format.ReaderSettings;
import io.sluice.format.csv.CsvDefinition;
import io.sluice.format.csv.CsvDialect;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.csv.NestedColumns;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.json.RecordPath;
import io.sluice.format.nativeexport.ManifestChecks;
import io.sluice.format.stream.ColumnText;
import io.sluice.format.text.TextFormat;
import io.sluice.pipelines.cli.OptionErrors;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Parses the options of readers, for whichever format the input turns out to have. */
final class InputFormats {
  private InputFormats() {}

  /** Parses the options; if an error is recorded, the settings must not be used. */
  static ReaderSettings settings(SourceOptions options, OptionErrors problems) {
    CsvFormat csv = csv(options, problems);
    TextFormat text =
        problems.parse(
            "textAttribute",
            options.getTextAttribute(),
            name -> new TextFormat(name, Math.max(0, options.getMinLength())));
    RecordPath path = problems.parse("recordPath", options.getRecordPath(), RecordPath::parse);
    if (csv == null || text == null) {
      return ReaderSettings.NONE;
    }
    return ReaderSettings.NONE
        .with(csv)
        .with(
            options.getCsvDelimiter() == null
                ? CsvDefinition.Delimiter.BY_NAME
                : CsvDefinition.Delimiter.GIVEN)
        .with(text)
        .with(JsonFormat.withColumns(csv.values().columns()))
        .with(path == null ? RecordPath.NONE : path)
        .with(options.getManifestElsewhere())
        .with(options.isSkipChecks() ? ManifestChecks.SKIPPED : ManifestChecks.COMPARED);
  }

  private static @Nullable CsvFormat csv(SourceOptions options, OptionErrors problems) {
    CsvDialect dialect = dialect(options, problems);
    if (dialect == null) {
      return null;
    }
    Map<String, ColumnText.Type> types =
        types("columns", options.getColumns(), EnumSet.allOf(ColumnText.Type.class), problems);
    if (options.isNestColumns()) {
      checkNested(options, types, problems);
    }
    CsvValues values =
        new CsvValues(
            types,
            Map.of(),
            options.getEmptyAs(),
            options.getNullValue(),
            options.isDecimalComma(),
            options.isNestColumns());
    return new CsvFormat(options.getCsvHeader(), dialect, options.getCsvQuotedNewlines(), values);
  }

  private static void checkNested(
      SourceOptions options, Map<String, ColumnText.Type> types, OptionErrors problems) {
    try {
      NestedColumns.check(types.keySet());
    } catch (IllegalArgumentException e) {
      problems.add("--columns: " + e.getMessage());
    }
    String orderBy = options.getOrderBy();
    if (orderBy != null && orderBy.indexOf('.') >= 0) {
      problems.add(
          "--orderBy=%s is in a map with --nestColumns: it must be an attribute of the item itself"
              .formatted(orderBy));
    }
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

  /** Parses the types of columns that an option gives as {@code name:TYPE}, in their order. */
  static Map<String, ColumnText.Type> types(
      String option,
      @Nullable List<String> columns,
      Set<ColumnText.Type> allowed,
      OptionErrors problems) {
    Map<String, ColumnText.Type> types = new LinkedHashMap<>();
    for (String column : columns == null ? List.<String>of() : columns) {
      int colon = column.lastIndexOf(':');
      try {
        String type = column.substring(colon + 1).strip().toUpperCase(Locale.ROOT);
        types.put(column.substring(0, colon).strip(), allowed(type, allowed));
      } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
        problems.add(
            "--%s=%s must be name:TYPE, with a TYPE of %s"
                .formatted(
                    option,
                    column,
                    allowed.stream().map(Enum::name).collect(Collectors.joining(", "))));
      }
    }
    return types;
  }

  private static ColumnText.Type allowed(String type, Set<ColumnText.Type> allowed) {
    ColumnText.Type found = ColumnText.Type.valueOf(type);
    if (!allowed.contains(found)) {
      throw new IllegalArgumentException(type);
    }
    return found;
  }
}
