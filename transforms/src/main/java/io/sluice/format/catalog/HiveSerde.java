/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.catalog;

import java.util.Map;
import java.util.TreeMap;

/**
 * The classes with which Hive, Athena and Glue read files of a format.
 *
 * @param className the Hive SerDe that reads a record
 * @param properties settings of that class
 * @param inputFormat the class that splits files into records
 * @param outputFormat the class with which Hive would write
 * @param classification Glue's name for the format
 * @param tableProperties settings of the table, for reading
 * @param textOnly whether the class reads every column as text, whatever its type
 */
public record HiveSerde(
    String className,
    TreeMap<String, String> properties,
    String inputFormat,
    String outputFormat,
    String classification,
    TreeMap<String, String> tableProperties,
    boolean textOnly) {

  private static final String TEXT_IN = "org.apache.hadoop.mapred.TextInputFormat";
  private static final String TEXT_OUT =
      "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

  /** Reads files of a format whose columns have names and types. */
  public static HiveSerde ofColumns(
      String className,
      Map<String, String> properties,
      String inputFormat,
      String outputFormat,
      String classification) {
    return new HiveSerde(
        className,
        new TreeMap<>(properties),
        inputFormat,
        outputFormat,
        classification,
        new TreeMap<>(),
        false);
  }

  /**
   * Reads lines of JSON with the openx SerDe.
   *
   * @param keys see {@link JsonKeys}
   */
  public static HiveSerde ofJsonLines(Map<String, String> keys) {
    return ofColumns("org.openx.data.jsonserde.JsonSerDe", keys, TEXT_IN, TEXT_OUT, "json");
  }

  /** Reads lines of CSV with a header: every column is text. */
  public static HiveSerde ofCsvLines(Map<String, String> properties) {
    return new HiveSerde(
        "org.apache.hadoop.hive.serde2.OpenCSVSerde",
        new TreeMap<>(properties),
        TEXT_IN,
        TEXT_OUT,
        "csv",
        new TreeMap<>(Map.of("skip.header.line.count", "1")),
        true);
  }
}
