/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.format.ReaderSettings;
import io.sluice.format.csv.CsvDefinition;
import io.sluice.format.csv.CsvDialect;
import io.sluice.format.csv.CsvFormat;
import io.sluice.format.csv.CsvValues;
import io.sluice.format.json.JsonFormat;
import io.sluice.format.registry.FileFormat;
import io.sluice.lookup.event.Wanted;
import io.sluice.pipelines.cli.DataSize;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.input.InputSettings;
import io.sluice.pipelines.job.ClusterEngine;
import io.sluice.pipelines.table.BudgetPlan;
import io.sluice.pipelines.table.ReadBudgetPlan;
import io.sluice.pipelines.table.TableNames;
import io.sluice.source.KeyFrom;
import io.sluice.source.OpColumn;
import io.sluice.source.PathColumns;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The validated options of a lookup, before any request is sent.
 *
 * @param source the events, and where rejections and the report go
 * @param budget how fast to read the table
 * @param key where events have the table's key, as it was given
 * @param wanted which events are kept
 * @param added attributes that are added to events, by their names there
 * @param output the folder for the events; null to count them only
 * @param maxRejects how many rejections are allowed
 * @param by how the table is read
 * @param consistentRead whether reads are strongly consistent, for twice the units
 * @param cacheFor how old an answer may be
 * @param cacheBytes how much heap answers may take; 0 for the default
 * @param every the interval at which files are taken as they arrive; null to run once
 */
record LookupPlan(
    InputSettings source,
    ReadBudgetPlan budget,
    List<String> key,
    Wanted wanted,
    Map<String, String> added,
    @Nullable String output,
    long maxRejects,
    LookupOptions.By by,
    boolean consistentRead,
    Duration cacheFor,
    long cacheBytes,
    @Nullable Duration every) {

  /**
   * Validates the options.
   *
   * @throws UsageException with all errors
   */
  static LookupPlan of(LookupOptions options) {
    OptionErrors problems = new OptionErrors();
    InputSettings source = source(options, problems);
    ReadBudgetPlan budget = ReadBudgetPlan.of(options, problems);
    List<String> key = options.getLookupKey() == null ? List.of() : options.getLookupKey();
    if (key.isEmpty()) {
      problems.add("--lookupKey is missing: give the path of the table's key in an event");
    }
    Map<String, String> added = added(options.getEnrich(), problems);
    Wanted wanted = wanted(options, problems);
    if (options.getOutput() == null && !options.isDryRun()) {
      problems.add("--output is missing: give a folder for the events, or --dryRun to count them");
    }
    problems.atLeast("maxRejects", options.getMaxRejects(), 0);
    if (options.getMaxRejects() > 0 && options.getRejects() == null) {
      problems.add(
          "--maxRejects=%d needs --rejects, a folder for what is rejected: it would be lost otherwise"
              .formatted(options.getMaxRejects()));
    }
    Duration cacheFor = problems.parse("cacheFor", options.getCacheFor(), BudgetPlan::time);
    Long cacheBytes = problems.parse("cacheSize", options.getCacheSize(), DataSize::parse);
    Duration every = problems.parse("every", options.getEvery(), BudgetPlan::time);
    if (every != null) {
      checkRepeated(options, problems);
    }
    problems.throwIfAny();
    return new LookupPlan(
        source,
        budget,
        key,
        wanted,
        added,
        options.isDryRun() ? null : options.getOutput(),
        options.getMaxRejects(),
        options.getLookupBy(),
        options.isConsistentRead(),
        cacheFor,
        cacheBytes == null ? 0 : cacheBytes,
        every);
  }

  private static void checkRepeated(LookupOptions options, OptionErrors problems) {
    if (ClusterEngine.isDetached(options)) {
      problems.add(
          "--every does not go with a detached submission, which this program does not wait for");
    }
    if (options.isDryRun()) {
      problems.add("--every does not go with --dryRun, which takes no files");
    }
    if (options.getInputList() != null) {
      problems.add("--every does not go with --inputList: files that arrive are in no list");
    }
  }

  private static Wanted wanted(LookupOptions options, OptionErrors problems) {
    boolean enriches = options.getEnrich() != null;
    if (options.getWhere() == null && !enriches) {
      problems.add("--where is missing: give PRESENT or ABSENT, or --enrich to keep all events");
    }
    if (options.getWhere() == LookupOptions.Where.ABSENT && enriches) {
      problems.add(
          "--enrich does not go with --where=ABSENT: the table has nothing to add to those events");
    }
    return options.getWhere() == null ? Wanted.ANY : Wanted.valueOf(options.getWhere().name());
  }

  /** Parses {@code attribute} or {@code name=attribute}, several times. */
  private static Map<String, String> added(@Nullable List<String> texts, OptionErrors problems) {
    Map<String, String> added = new LinkedHashMap<>();
    for (String text : texts == null ? List.<String>of() : texts) {
      int equals = text.indexOf('=');
      String attribute = text.substring(equals + 1).strip();
      String name = equals < 0 ? attribute : text.substring(0, equals).strip();
      if (name.isEmpty() || attribute.isEmpty() || added.put(name, attribute) != null) {
        problems.add(
            "--enrich=%s must be attributes with different names, such as title,productPrice=price"
                .formatted(String.join(",", texts)));
        return Map.of();
      }
    }
    return added;
  }

  private static InputSettings source(LookupOptions options, OptionErrors problems) {
    List<String> input = options.getInput() == null ? List.of() : options.getInput();
    if (input.isEmpty() && options.getInputList() == null) {
      problems.add("--input is missing: give files to read, such as s3://bucket/clicks/*.json");
    }
    TableNames.check("lookupTable", options.getLookupTable(), problems);
    FileFormat format = null;
    if (!options.getFormat().equals(EventFormatNames.AUTO)) {
      format = problems.parse("format", options.getFormat(), FileFormat::valueOf);
      if (format != null && !EventFormatNames.FORMATS.contains(format)) {
        problems.add("--format=" + format + ": a lookup reads events of JSON or CSV");
      }
    }
    return new InputSettings(
        input,
        String.valueOf(options.getLookupTable()),
        format,
        false,
        options.getCompression(),
        new PathColumns(Map.of()),
        readers(options, problems),
        KeyFrom.RECORD,
        OpColumn.ATTRIBUTE,
        new InputSettings.Dedupe(DuplicatePolicy.NONE, null, 1),
        options.getInputList(),
        new InputSettings.Outputs(
            problems.files("report", options.getReport()), options.getRejects()),
        misfits(options),
        null);
  }

  private static ReaderSettings readers(LookupOptions options, OptionErrors problems) {
    String given = options.getCsvDelimiter() == null ? "," : options.getCsvDelimiter();
    boolean isTab = given.equalsIgnoreCase("tab") || given.equals("\\t");
    CsvDialect dialect = problems.parse("csvDelimiter", isTab ? "\t" : given, CsvDialect::of);
    if (dialect == null) {
      return ReaderSettings.NONE;
    }
    JsonFormat json = JsonFormat.withColumns(Map.of());
    return ReaderSettings.NONE
        .with(leadsIntoEnvelope(options) ? json : json.openingRecords())
        .with(
            new CsvFormat(
                options.getCsvHeader(), dialect, options.getCsvQuotedNewlines(), CsvValues.STRINGS))
        .with(
            options.getCsvDelimiter() == null
                ? CsvDefinition.Delimiter.BY_NAME
                : CsvDefinition.Delimiter.GIVEN);
  }

  /** Whether a path takes the objects around {@code Records} for the events. */
  private static boolean leadsIntoEnvelope(LookupOptions options) {
    List<String> key = options.getLookupKey() == null ? List.of() : options.getLookupKey();
    return key.stream()
        .map(text -> text.substring(text.indexOf('=') + 1).strip())
        .anyMatch(path -> path.equals("Records") || path.startsWith("Records."));
  }

  /** Says for each format what is wrong with it if the input turns out to have it. */
  private static Map<FileFormat, OptionErrors> misfits(LookupOptions options) {
    Map<FileFormat, OptionErrors> misfits = new EnumMap<>(FileFormat.class);
    for (FileFormat format : FileFormat.values()) {
      OptionErrors problems = new OptionErrors();
      if (!EventFormatNames.FORMATS.contains(format)) {
        problems.add(
            "the input is %s, and a lookup reads events of JSON or CSV; --format=JSON takes any JSON objects"
                .formatted(format));
      }
      if (format != FileFormat.CSV
          && (options.getCsvHeader() != null || options.getCsvDelimiter() != null)) {
        problems.add("--csvHeader and --csvDelimiter go with --format=CSV");
      }
      misfits.put(format, problems);
    }
    return misfits;
  }
}
