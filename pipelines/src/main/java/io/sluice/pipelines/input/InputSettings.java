/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.capacity.OnDemandUnits;
import io.sluice.dedupe.DuplicatePolicy;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.format.FileCompression;
import io.sluice.format.ReaderSettings;
import io.sluice.format.registry.FileFormat;
import io.sluice.format.stream.ColumnText;
import io.sluice.item.KeyAttribute;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.job.OutputProbe;
import io.sluice.pipelines.table.TableLookup;
import io.sluice.pipelines.table.TableNames;
import io.sluice.source.KeyFrom;
import io.sluice.source.OpColumn;
import io.sluice.source.PathColumns;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The validated options of reading, before any request is sent.
 *
 * @param input patterns of the files; empty when all are in a list of names
 * @param table the table's name
 * @param format the format of the input; null to detect it
 * @param isOfExports whether the whole input must be exports, whose format is detected
 * @param readers settings of readers
 * @param keyFrom the source of the partition key
 * @param inputList a file with names of files; null for none
 * @param misfits the options that are not valid, for each format
 * @param jdbc the database that is read in place of files; null for files
 */
public record InputSettings(
    List<String> input,
    String table,
    @Nullable FileFormat format,
    boolean isOfExports,
    FileCompression compression,
    PathColumns pathColumns,
    ReaderSettings readers,
    KeyFrom keyFrom,
    OpColumn opColumn,
    Dedupe dedupe,
    @Nullable String inputList,
    Outputs outputs,
    Map<FileFormat, OptionErrors> misfits,
    @Nullable JdbcSettings jdbc) {

  /**
   * Chooses which of several items with the same primary key goes on.
   *
   * @param orderBy the attribute that is compared; null for none
   * @param shards the minimum number of shards over which the items are spread
   */
  public record Dedupe(DuplicatePolicy policy, @Nullable String orderBy, int shards) {}

  /**
   * The files that the job writes besides the table.
   *
   * @param report the files of the report; empty for none
   * @param rejects the folder of the rejections; null for none
   */
  public record Outputs(List<String> report, @Nullable String rejects) {
    /** Tests whether all can be written. */
    public void check(Console console) {
      OutputProbe.checkRejects(rejects, console);
      OutputProbe.checkReport(report, console);
    }

    /**
     * Checks that no file that is read would be replaced.
     *
     * @param read the names of the files
     * @throws JobException when one would be
     */
    public void checkKept(List<String> read) {
      for (String file : report) {
        if (read.contains(FileSystems.matchNewResource(file, false).toString())) {
          throw new JobException("--report=" + file + " would replace a file of the input");
        }
      }
    }
  }

  /** Parses the options; if an error is recorded, the settings must not be used. */
  public static InputSettings of(SourceOptions options, OptionErrors problems) {
    List<String> input = options.getInput();
    boolean isDatabase = JdbcSettings.isUsed(options);
    if (input == null || input.isEmpty()) {
      if (options.getInputList() == null && !isDatabase) {
        problems.add("--input is missing: give files to read, such as s3://bucket/trips/*.csv");
      }
      input = List.of();
    }
    String table = options.getTable();
    TableNames.check(table, problems);
    boolean isOfExports = options.getFormat().equals(InputFormatNames.NATIVE_EXPORT);
    if (isOfExports && options.getInputList() != null) {
      problems.add("--inputList names files, so it does not go with --format=NATIVE_EXPORT");
    }
    FileFormat format =
        isOfExports || options.getFormat().equals(InputFormatNames.AUTO)
            ? null
            : problems.parse("format", options.getFormat(), FileFormat::valueOf);
    if (format != null && !isDatabase) {
      FormatOptions.check(format, options, problems);
    }
    ReaderSettings readers = InputFormats.settings(options, problems);
    KeyFrom keyFrom = problems.parse("keyFrom", options.getKeyFrom(), KeyFrom::parse);
    problems.atLeast("minLength", options.getMinLength(), 0);
    problems.atLeast("shards", options.getShards(), 1);
    boolean ordered =
        options.getDedupe() == DuplicatePolicy.LATEST
            || options.getDedupe() == DuplicatePolicy.FIRST;
    if (options.getOrderBy() != null && !ordered) {
      problems.add("--orderBy goes with --dedupe=LATEST or --dedupe=FIRST");
    }
    PathColumns pathColumns =
        new PathColumns(
            InputFormats.types(
                "pathColumns",
                options.getPathColumns(),
                EnumSet.complementOf(EnumSet.range(ColumnText.Type.JSON, ColumnText.Type.BS)),
                problems));
    return new InputSettings(
        input,
        table,
        format,
        isOfExports,
        options.getCompression(),
        pathColumns,
        readers,
        keyFrom,
        options.getOpColumn(),
        new Dedupe(options.getDedupe(), options.getOrderBy(), options.getShards()),
        options.getInputList(),
        new Outputs(problems.files("report", options.getReport()), options.getRejects()),
        FormatOptions.misfits(options),
        JdbcSettings.of(options, problems));
  }

  /**
   * Checks the options against the format that the input turned out to have.
   *
   * @throws UsageException with those that are not valid for it
   */
  void checkFormat(FileFormat found) {
    misfits.get(found).throwIfAny();
  }

  /**
   * Describes the table and checks that the keys that the input makes fit it.
   *
   * @param onDemand what the table can do when it is on-demand, if that is given
   * @param whenMissing returns the table in place of one that does not exist, or fails
   * @throws JobException when DynamoDB cannot be asked, or the keys do not fit
   */
  public TableInfo describeTable(
      SourceOptions options,
      OnDemandUnits onDemand,
      Function<DynamoDbClient, TableInfo> whenMissing) {
    TableInfo found = TableLookup.describe(options, table, onDemand, whenMissing);
    KeyAttribute partitionKey = found.keySchema().partitionKey();
    if (keyFrom.source() != KeyFrom.Source.RECORD && partitionKey.type() != KeyAttribute.Type.S) {
      throw new JobException(
          "--keyFrom="
              + options.getKeyFrom()
              + " makes a string, but the partition key of "
              + table
              + " is "
              + partitionKey);
    }
    return found;
  }
}
