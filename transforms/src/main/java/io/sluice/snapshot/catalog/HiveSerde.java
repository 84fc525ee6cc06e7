/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import java.util.Map;
import java.util.TreeMap;

/**
 * By which classes of Hive, Athena and Glue read files of a format.
 *
 * @param className of the Hive SerDe that reads a record
 * @param properties of that class
 * @param classification what Glue calls the format
 * @param tableProperties of the table, for the reading
 */
record HiveSerde(
    String className,
    TreeMap<String, String> properties,
    String inputFormat,
    String outputFormat,
    String classification,
    TreeMap<String, String> tableProperties) {

  private static final String TEXT_IN = "org.apache.hadoop.mapred.TextInputFormat";
  private static final String TEXT_OUT =
      "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

  static HiveSerde of(CatalogTable table) {
    return switch (table.manifest().format()) {
      case PARQUET ->
          new HiveSerde(
              "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
              new TreeMap<>(Map.of("serialization.format", "1")),
              "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
              "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
              "parquet",
              new TreeMap<>());
      case AVRO ->
          new HiveSerde(
              "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
              new TreeMap<>(Map.of("avro.schema.literal", table.manifest().schemaJson())),
              "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
              "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
              "avro",
              new TreeMap<>());
      case JSON, DYNAMODB_JSON ->
          new HiveSerde(
              "org.openx.data.jsonserde.JsonSerDe",
              table.jsonKeys(),
              TEXT_IN,
              TEXT_OUT,
              "json",
              new TreeMap<>());
      case CSV ->
          new HiveSerde(
              "org.apache.hadoop.hive.serde2.OpenCSVSerde",
              new TreeMap<>(Map.of("separatorChar", ",", "quoteChar", "\"")),
              TEXT_IN,
              TEXT_OUT,
              "csv",
              new TreeMap<>(Map.of("skip.header.line.count", "1")));
    };
  }
}
