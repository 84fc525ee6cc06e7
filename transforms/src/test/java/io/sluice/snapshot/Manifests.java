/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.format.registry.FileFormat;
import io.sluice.snapshot.catalog.CatalogTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Manifests of a table with attributes of every kind. */
public final class Manifests {
  /** An inferred schema, with columns that Avro cannot name as the table does. */
  public static final String SCHEMA =
      """
      {"type":"record","name":"Item","dynamodb.version":1,"fields":[
        {"name":"Id","type":"string"},
        {"name":"n","type":"long"},
        {"name":"price","type":["null",{"type":"fixed","name":"decimal_5_2","size":3,
          "logicalType":"decimal","precision":5,"scale":2}],"default":null},
        {"name":"huge","type":{"type":"string","dynamodb.type":"N"}},
        {"name":"order","type":["null","boolean"],"default":null,"dynamodb.null":"LISTED"},
        {"name":"_bin","type":["null","bytes"],"default":null},
        {"name":"tags","type":["null",{"type":"array","items":"string","dynamodb.type":"SS"}],
          "default":null},
        {"name":"sums","type":["null",{"type":"array","items":"long","dynamodb.type":"NS"}],
          "default":null},
        {"name":"My_Attr","type":"string","dynamodb.name":"My-Attr"},
        {"name":"address","type":["null",{"type":"record","name":"Item_address","fields":[
          {"name":"City","type":"string"},
          {"name":"zip_code","type":["null","long"],"default":null,"dynamodb.name":"zip code"},
          {"name":"lines","type":{"type":"array","items":["null","string"]}}]}],"default":null},
        {"name":"counts","type":["null",{"type":"map","values":"long"}],"default":null},
        {"name":"mixed","type":["null",{"type":"string","dynamodb.type":"JSON"}],"default":null},
        {"name":"dynamodb_more","type":["null","string"],"default":null,"dynamodb.role":"MORE"},
        {"name":"dynamodb_nulls","type":["null",{"type":"array","items":"string"}],"default":null,
          "dynamodb.role":"NULLS"}]}
      """;

  public static final Run RUN = new Run(Scans.START, "0a1b2c3d");

  private Manifests() {}

  public static Manifest of(FileFormat format, String schema, List<Manifest.File> files) {
    return new Manifest(
        RUN.id(),
        "My-Table",
        Scans.KEY,
        SnapshotTime.of(Scans.START),
        format,
        9,
        4.5,
        new Manifest.Scan(
            Instant.parse("2026-01-31T23:26:01Z"),
            Instant.parse("2026-01-31T23:26:02Z"),
            Manifest.Clock.DYNAMODB),
        Map.of(),
        files,
        schema);
  }

  public static Manifest of(FileFormat format) {
    return of(format, SCHEMA, List.of(new Manifest.File("part-00000.x", 2, 3, "md5")));
  }

  /** On S3, where the files need not exist. */
  public static CatalogTable table(Manifest manifest) {
    TableFolder folder = new TableFolder("s3://bucket/it's", manifest.table());
    return CatalogTable.of(
        "my_table",
        manifest,
        Folder.of(folder.path()),
        Folder.of(folder.snapshot(manifest.time())));
  }
}
