/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements that make tables of a feed. */
class FeedSqlTest {
  @TempDir Path folder;

  private static String record(int second, String id, @Nullable String image, String more) {
    return """
        {"eventID":"e%d","eventName":"%s","eventSource":"aws:dynamodb","dynamodb":{\
        "ApproximateCreationDateTime":%d,"Keys":{"Id":{"S":"%s"}},%s"SequenceNumber":"%d",\
        "SizeBytes":9,"StreamViewType":"NEW_IMAGE"}%s,"eventSourceARN":"arn:1"}
        """
        .formatted(
            second,
            image == null ? "REMOVE" : "INSERT",
            FeedFiles.START.getEpochSecond() + second,
            id,
            image == null ? "" : "\"NewImage\":" + image + ",",
            100 + second,
            more);
  }

  /** Runs the statements for DuckDB and a query; the rows, each of them joined. */
  private static List<String> query(FeedFolder feed, String sql) throws IOException, SQLException {
    String view =
        new String(
            Folder.of(feed.output() + "/_catalog").read("duckdb/deltas_my_table.sql").orElseThrow(),
            UTF_8);
    List<String> rows = new ArrayList<>();
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute(view);
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            cells.add(result.getString(i));
          }
          rows.add(String.join(" ", cells));
        }
      }
    }
    return rows;
  }

  @Test
  void duckDbSeesTheColumnsOfCommittedChangesOnly() throws Exception {
    FeedFolder feed = new FeedFolder(Place.LOCAL.newOutput(folder), FeedFiles.TABLE);
    String image = "{\"Id\":{\"S\":\"a\"},\"Ünit's\":{\"N\":\"1.50\"}}";
    FeedFiles.commit(
        feed,
        1,
        "r1",
        FeedFiles.file(feed, 5, "one", record(5, "a", image, ""), record(6, "b", "{}", "")),
        FeedFiles.file(
            feed,
            90,
            "two",
            record(
                90,
                "a",
                null,
                ",\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}")));
    FeedFiles.file(feed, 7, "of-a-run-that-failed", record(7, "c", "{}", ""));
    FeedFiles.update(feed);
    assertThat(
        query(
            feed,
            "select event_name, change_time - %d, sequence_number, keys->>'$.Id.S', expired,"
                    .formatted(FeedFiles.START.getEpochSecond())
                + " size_bytes, stream_arn, event_id, change_hour from deltas_my_table"
                + " order by change_time"),
        is(
            List.of(
                "INSERT 5 105 a false 9 arn:1 e5 2026-01-31T22",
                "INSERT 6 106 b false 9 arn:1 e6 2026-01-31T22",
                "REMOVE 90 190 a true 9 arn:1 e90 2026-01-31T23")));
    assertThat(
        query(
            feed,
            "select new_image, new_image->'Ünit''s'->>'N', old_image is null from deltas_my_table"
                + " where new_image is not null order by change_time"),
        is(List.of(image + " 1.50 true", "{} null true")));
  }

  @Test
  void theStatementsForAthena() throws IOException {
    FeedFolder feed = new FeedFolder(Place.S3.newOutput(folder), FeedFiles.TABLE);
    FeedFiles.commit(feed, 1, "r1", FeedFiles.file(feed, 5, "a"));
    FeedFiles.update(feed);
    String sql =
        new String(
            Folder.of(feed.output() + "/_catalog").read("athena/deltas_my_table.sql").orElseThrow(),
            UTF_8);
    assertThat(
        sql,
        containsString(
            """
            CREATE EXTERNAL TABLE IF NOT EXISTS `committed_my_table` (
              `record` string
            )
            PARTITIONED BY (`change_hour` string)
            ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
            STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat'
              OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
            LOCATION '%s/committed_My-Table/';

            MSCK REPAIR TABLE `committed_my_table`;

            CREATE OR REPLACE VIEW "deltas_my_table" AS
            SELECT
              json_extract_scalar(record, '$.eventName') AS "event_name",
              CAST(floor(CAST(json_extract_scalar(record, '$.dynamodb.ApproximateCreationDateTime')\
             AS double)) AS bigint) AS "change_time",
            """
                .formatted(feed.output())));
    assertThat(
        sql,
        containsString(
            """
              change_hour AS "change_hour"
            FROM "committed_my_table";
            """));
  }
}
