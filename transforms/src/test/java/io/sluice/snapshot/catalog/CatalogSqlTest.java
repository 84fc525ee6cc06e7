/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.format.registry.FileFormat;
import io.sluice.snapshot.Manifests;
import io.sluice.snapshot.Place;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The statements for Athena, word for word. */
class CatalogSqlTest {

  @BeforeAll
  static void reachFileSystems() {
    Place.options();
  }

  private static String athena(FileFormat format) {
    return AthenaSql.of(Manifests.table(Manifests.of(format)));
  }

  @Test
  void parquet() {
    assertThat(
        athena(FileFormat.PARQUET),
        is(
            """
            -- Snapshots of the DynamoDB table My-Table. Run these one by one, in the database of your choice.
            -- If attributes were added since the table was created, DROP TABLE `snapshots_my_table` first:
            -- that removes no files; earlier snapshots come back by MSCK REPAIR TABLE `snapshots_my_table`.
            -- If the format is another one, DROP TABLE as well, and do not repair it: snapshots of the other
            -- format need a table of their own, with a partition added for each.

            CREATE EXTERNAL TABLE IF NOT EXISTS `snapshots_my_table` (
              `id` string,
              `n` bigint,
              `price` decimal(5,2),
              `huge` string,
              `order` boolean,
              `_bin` binary,
              `tags` array<string>,
              `sums` array<bigint>,
              `my_attr` string,
              `address` struct<`city`:string,`zip_code`:bigint,`lines`:array<string>>,
              `counts` map<string,bigint>,
              `mixed` string,
              `dynamodb_more` string,
              `dynamodb_nulls` array<string>
            )
            PARTITIONED BY (`snapshot_timestamp` string)
            ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
            WITH SERDEPROPERTIES ('serialization.format' = '1')
            STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat'
              OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
            LOCATION 's3://bucket/it\\'s/snapshots_My-Table/'
            TBLPROPERTIES ('classification' = 'parquet');

            ALTER TABLE `snapshots_my_table` DROP IF EXISTS PARTITION (`snapshot_timestamp` = '2026-01-31T23-26-00Z');

            ALTER TABLE `snapshots_my_table` ADD PARTITION (`snapshot_timestamp` = '2026-01-31T23-26-00Z')
              LOCATION 's3://bucket/it\\'s/snapshots_My-Table/snapshot_timestamp=2026-01-31T23-26-00Z/';

            CREATE OR REPLACE VIEW "my_table" AS
            SELECT "id", "n", "price", "huge", "order", "_bin", "tags", "sums", "my_attr", "address", "counts", "mixed", "dynamodb_more", "dynamodb_nulls", "snapshot_timestamp"
            FROM "snapshots_my_table"
            WHERE "snapshot_timestamp" = '2026-01-31T23-26-00Z';
            """));
  }

  @Test
  void avroHasItsSchema() {
    String sql = athena(FileFormat.AVRO);
    assertThat(
        sql,
        containsString(
            """
            ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.avro.AvroSerDe'
            WITH SERDEPROPERTIES ('avro.schema.literal' = '{"type":"record","name":"Item","fields":[\
            {"name":"Id","type":"string"},"""));
    assertThat(sql, containsString("  `price` decimal(5,2),\n"));
  }

  @Test
  void jsonHasTheAttributesAsTheyAre() {
    String sql = athena(FileFormat.JSON);
    assertThat(
        sql,
        containsString(
            """
              `_bin` string,
              `tags` array<string>,
              `sums` array<bigint>,
              `my_attr` string,
              `address` struct<`city`:string,`zip_code`:bigint,`lines`:array<string>>,
              `counts` map<string,bigint>,
              `mixed` string
            )
            PARTITIONED BY (`snapshot_timestamp` string)
            ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
            WITH SERDEPROPERTIES ('mapping.my_attr' = 'my-attr', 'mapping.zip_code' = 'zip code')
            STORED AS INPUTFORMAT 'org.apache.hadoop.mapred.TextInputFormat'
              OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
            """));
  }

  @Test
  void csvIsText() {
    String sql = athena(FileFormat.CSV);
    assertThat(
        sql,
        containsString(
            """
              `mixed` string,
              `dynamodb_more` string
            )
            PARTITIONED BY (`snapshot_timestamp` string)
            ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
            WITH SERDEPROPERTIES ('escapeChar' = '\\uE000', 'quoteChar' = '"', 'separatorChar' = ',')
            """));
    assertThat(sql, containsString("  `n` string,\n"));
    assertThat(
        sql,
        containsString(
            "TBLPROPERTIES ('classification' = 'csv', 'skip.header.line.count' = '1');"));
  }

  @Test
  void dynamoDbJsonHasTypedAttributes() {
    String sql = athena(FileFormat.DYNAMODB_JSON);
    assertThat(
        sql,
        containsString(
            "  `item` struct<`id`:struct<`s`:string>,`n`:struct<`n`:string>,`price`:struct<`n`:string>,"
                + "`huge`:struct<`n`:string>,`order`:struct<`bool`:boolean>,`_bin`:struct<`b`:string>,"
                + "`tags`:struct<`ss`:array<string>>,`sums`:struct<`ns`:array<string>>,"
                + "`my_attr`:struct<`s`:string>,`address`:struct<`m`:struct<`city`:struct<`s`:string>,"
                + "`zip_code`:struct<`n`:string>,`lines`:struct<`l`:array<struct<`s`:string>>>>>,"
                + "`counts`:struct<`m`:map<string,struct<`n`:string>>>,`mixed`:struct<`s`:string,"
                + "`n`:string,`b`:string,`bool`:boolean,`null`:boolean,`ss`:array<string>,"
                + "`ns`:array<string>,`bs`:array<string>,`l`:string,`m`:string>>\n)"));
    assertThat(
        sql,
        containsString(
            "/snapshot_timestamp=2026-01-31T23-26-00Z/AWSDynamoDB/01769901960123-0a1b2c3d/data/';"));
    // The folder of the overwritten snapshot is another one.
    assertThat(
        sql,
        containsString(
            "DROP IF EXISTS PARTITION (`snapshot_timestamp` = '2026-01-31T23-26-00Z');\n\nALTER"));
  }
}
