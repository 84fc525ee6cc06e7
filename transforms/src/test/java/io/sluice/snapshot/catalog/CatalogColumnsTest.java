/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.sluice.format.catalog.ColumnType;
import io.sluice.format.registry.FileFormat;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Manifests;
import io.sluice.snapshot.Place;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How a catalog names the columns of a snapshot, and its notes on columns that it cannot name. */
class CatalogColumnsTest {

  @BeforeAll
  static void reachFileSystems() {
    Place.options();
  }

  private static final String COLLIDING =
      """
      {"type":"record","name":"Item","dynamodb.version":1,"fields":[
        {"name":"id","type":"string"},{"name":"ID","type":"long"},{"name":"Id","type":"long"},
        {"name":"id_2","type":"long"},{"name":"snapshot_timestamp","type":"string"},
        {"name":"_1st","type":"string","dynamodb.name":"1st"},
        {"name":"m","type":{"type":"record","name":"m","fields":[
          {"name":"A","type":"string"},{"name":"a","type":"string"}]}}]}
      """;

  @Test
  void namesThatAreOneToACatalog() {
    CatalogTable table = Manifests.table(Manifests.of(FileFormat.JSON, COLLIDING, List.of()));
    assertThat(
        table.notes(),
        contains(
            "column ID is id_2 in Athena, where another has the name id",
            "column Id is id_3 in Athena, where another has the name id",
            "column id_2 is id_2_2 in Athena, where another has the name id_2",
            "column snapshot_timestamp is snapshot_timestamp_2 in Athena, where another has the"
                + " name snapshot_timestamp"));
    String sql = AthenaSql.of(table);
    assertThat(
        sql,
        containsString(
            """
              `id` string,
              `id_2` bigint,
              `id_3` bigint,
              `id_2_2` bigint,
              `snapshot_timestamp_2` string,
              `1st` string,
              `m` struct<`a`:string,`a_2`:string>
            """));
    assertThat(
        sql,
        containsString(
            "('case.insensitive' = 'false', 'mapping.a' = 'A', 'mapping.a_2' = 'a',"
                + " 'mapping.id_2' = 'ID', 'mapping.id_2_2' = 'id_2', 'mapping.id_3' = 'Id',"
                + " 'mapping.snapshot_timestamp_2' = 'snapshot_timestamp')"));
    assertThat(Manifests.table(Manifests.of(FileFormat.JSON)).notes(), is(empty()));
  }

  /** Names as inferred, and names that only a user's schema can have. */
  private static final String OF_ALL_SCRIPTS =
      """
      {"type":"record","name":"Item","dynamodb.version":1,"fields":[
        {"name":"id","type":"string"},
        {"name":"Gr__e","type":"long","dynamodb.name":"Größe","dynamodb.column":"Größe"},
        {"name":"_","type":"long","dynamodb.name":"हिन्दी","dynamodb.column":"हिन्दी"},
        {"name":"__2","type":"long","dynamodb.name":"İsim","dynamodb.column":"İsim"},
        {"name":"__3","type":{"type":"record","name":"Item_3","fields":[
          {"name":"_","type":"string","dynamodb.name":"市","dynamodb.column":"市"},
          {"name":"__2","type":"string","dynamodb.name":"हिन्दी","dynamodb.column":"हिन्दी"},
          {"name":"__3","type":"string","dynamodb.name":"𠮷","dynamodb.column":"𠮷"}]},
          "dynamodb.name":"住所","dynamodb.column":"住所"},
        {"name":"l","type":{"type":"array","items":{"type":"record","name":"Item_l","fields":[
          {"name":"_","type":"string","dynamodb.name":"हि","dynamodb.column":"हि"}]}}},
        {"name":"sp","type":"string","dynamodb.column":"my col"},
        {"name":"ID","type":"long"},
        {"name":"snapshot_timestamp","type":"string"}]}
      """;

  /** A column with another name than in the files would be empty, without anybody noticing. */
  @Test
  void columnsOfParquetAreFoundByTheirNames() {
    CatalogTable table =
        Manifests.table(Manifests.of(FileFormat.PARQUET, OF_ALL_SCRIPTS, List.of()));
    assertThat(
        AthenaSql.of(table),
        containsString(
            """
            CREATE EXTERNAL TABLE IF NOT EXISTS `snapshots_my_table` (
              `id` string,
              `größe` bigint,
              `हिन्दी` bigint,
              `i̇sim` bigint,
              `住所` struct<`市`:string>
            )
            """));
    assertThat(
        AthenaSql.view(table),
        startsWith(
            "SELECT \"id\", \"größe\", \"हिन्दी\", \"i̇sim\", \"住所\","
                + " \"snapshot_timestamp\"\n"));
    assertThat(
        table.notes(),
        contains(
            "column 住所.हिन्दी is left out in Athena, which takes no such name within a struct",
            "column 住所.𠮷 is left out in Athena, which takes no such name within a struct",
            "column l.हि is left out in Athena, which takes no such name within a struct",
            "column my col is left out in Athena, which takes no such name",
            "column ID is left out in Athena, where another has its name",
            "column snapshot_timestamp is left out in Athena, where another has its name"));
  }

  @Test
  void soAreThoseOfAvro() {
    CatalogTable table = Manifests.table(Manifests.of(FileFormat.AVRO, OF_ALL_SCRIPTS, List.of()));
    assertThat(
        AthenaSql.of(table),
        containsString(
            """
              `id` string,
              `gr__e` bigint,
              `_` bigint,
              `__2` bigint,
              `__3` struct<`_`:string,`__2`:string,`__3`:string>,
              `l` array<struct<`_`:string>>,
              `sp` string
            )
            """));
    assertThat(
        table.notes(),
        contains(
            "column ID is left out in Athena, where another has its name",
            "column snapshot_timestamp is left out in Athena, where another has its name"));
  }

  @Test
  void jsonOfAllScripts() {
    CatalogTable table = Manifests.table(Manifests.of(FileFormat.JSON, OF_ALL_SCRIPTS, List.of()));
    String sql = AthenaSql.of(table);
    assertThat(
        sql,
        containsString(
            """
              `id` string,
              `größe` bigint,
              `हिन्दी` bigint,
              `i̇sim` bigint,
              `住所` struct<`市`:string,`ह_न_द_`:string,`_`:string>,
              `l` array<struct<`ह_`:string>>,
              `sp` string,
              `id_2` bigint,
              `snapshot_timestamp_2` string
            )
            """));
    assertThat(
        sql,
        containsString(
            "('case.insensitive' = 'false', 'mapping._' = '𠮷', 'mapping.größe' = 'Größe',"
                + " 'mapping.id_2' = 'ID', 'mapping.i̇sim' = 'İsim',"
                + " 'mapping.snapshot_timestamp_2' = 'snapshot_timestamp', 'mapping.ह_' = 'हि',"
                + " 'mapping.ह_न_द_' = 'हिन्दी')"));
    assertThat(
        table.notes(),
        contains(
            "column ID is id_2 in Athena, where another has the name id",
            "column snapshot_timestamp is snapshot_timestamp_2 in Athena, where another has the"
                + " name snapshot_timestamp"));
  }

  /** Glue accepts 255 bytes, and refuses the table for one longer name. */
  @Test
  void longNamesOfJson() {
    String schema =
        """
        {"type":"record","name":"Item","fields":[{"name":"a","type":"long","dynamodb.name":"%s"},
          {"name":"b","type":"long","dynamodb.name":"%s"}]}
        """
            .formatted("名".repeat(200), "名".repeat(201));
    CatalogTable table = Manifests.table(Manifests.of(FileFormat.JSON, schema, List.of()));
    assertThat(
        table.columns().stream().map(ColumnType.Field::name).toList(),
        contains("名".repeat(80), "名".repeat(80) + "_2"));
  }

  /** Column names in Parquet already have a suffix and must not be shortened. */
  @Test
  void longNamesOfParquet() {
    String schema =
        """
        {"type":"record","name":"Item","fields":[{"name":"a","type":"long","dynamodb.column":"%s"},
          {"name":"b","type":"long","dynamodb.column":"%s"},
          {"name":"c","type":"long","dynamodb.column":"%s"}]}
        """
            .formatted("名".repeat(80) + "_2", "名".repeat(85), "名".repeat(86));
    CatalogTable table = Manifests.table(Manifests.of(FileFormat.PARQUET, schema, List.of()));
    assertThat(
        table.columns().stream().map(ColumnType.Field::name).toList(),
        contains("名".repeat(80) + "_2", "名".repeat(85)));
    assertThat(
        table.notes(),
        contains("column " + "名".repeat(86) + " is left out in Athena, which takes no such name"));
  }

  /** Athena does not get these columns, and DuckDB uses the names in the files. */
  @Test
  void onADiskThereIsNothingToSay() {
    Manifest manifest = Manifests.of(FileFormat.JSON, COLLIDING, List.of());
    CatalogTable table =
        CatalogTable.of("my_table", manifest, Folder.of("/out/t/"), Folder.of("/out/t/s/"));
    assertThat(table.notes(), is(empty()));
  }
}
