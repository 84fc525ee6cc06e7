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
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.catalog.GlueCatalog;
import io.sluice.snapshot.catalog.GlueStandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What readers of catalogs see of a feed: the files that its commits list, and no others. */
class FeedCatalogTest {
  private static final PipelineOptions OPTIONS = Place.options();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant START = Instant.parse("2026-01-31T22:59:00Z");
  private static final String TABLE = "My-Table";

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
            START.getEpochSecond() + second,
            id,
            image == null ? "" : "\"NewImage\":" + image + ",",
            100 + second,
            more);
  }

  /** Writes a file with one change a line. */
  private static DeltaFile file(FeedFolder feed, int second, String name, String... records)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(String.join("", records).getBytes(UTF_8));
    }
    Instant time = START.plusSeconds(second);
    String file = FeedFolder.hourFolder(time) + name + ".json.gz";
    Folder.of(feed.path()).write(file, bytes.toByteArray(), "application/gzip");
    return new DeltaFile(file, records.length, bytes.size(), "md5", "shard", time, time);
  }

  private static void commit(FeedFolder feed, long number, String run, DeltaFile... files)
      throws IOException {
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                number,
                run,
                TABLE,
                "arn:1",
                "NEW_IMAGE",
                START,
                START,
                START,
                0,
                null,
                List.of(files),
                List.of()));
  }

  private static void update(FeedFolder feed) throws IOException {
    new FeedCatalog(feed, null, OPTIONS).update();
  }

  /** The lists of committed files, with the names of the files within the feed. */
  private static Map<String, List<String>> lists(FeedFolder feed) throws IOException {
    Folder lists = Folder.of(feed.output() + "/committed_" + TABLE);
    String place = Folder.of(feed.path()).path();
    Map<String, List<String>> all = new TreeMap<>();
    for (String name : lists.list().keySet()) {
      all.put(
          name,
          new String(lists.read(name).orElseThrow(), UTF_8)
              .lines()
              .map(line -> line.replace(place, ""))
              .toList());
    }
    return all;
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
    FeedFolder feed = new FeedFolder(Place.LOCAL.newOutput(folder), TABLE);
    String image = "{\"Id\":{\"S\":\"a\"},\"Ünit's\":{\"N\":\"1.50\"}}";
    commit(
        feed,
        1,
        "r1",
        file(feed, 5, "one", record(5, "a", image, ""), record(6, "b", "{}", "")),
        file(
            feed,
            90,
            "two",
            record(
                90,
                "a",
                null,
                ",\"userIdentity\":{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}")));
    file(feed, 7, "of-a-run-that-failed", record(7, "c", "{}", ""));
    update(feed);
    assertThat(
        query(
            feed,
            "select event_name, change_time - %d, sequence_number, keys->>'$.Id.S', expired,"
                    .formatted(START.getEpochSecond())
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

  @ParameterizedTest
  @EnumSource
  void eachCommitHasAListOfItsOwnForEachHour(Place place) throws IOException {
    FeedFolder feed = new FeedFolder(place.newOutput(folder), TABLE);
    commit(feed, 1, "r1", file(feed, 5, "a"), file(feed, 6, "b"), file(feed, 90, "c"));
    update(feed);
    Map<String, List<String>> first =
        Map.of(
            "change_hour=2026-01-31T22/000000000001.txt",
            List.of("change_hour=2026-01-31T22/a.json.gz", "change_hour=2026-01-31T22/b.json.gz"),
            "change_hour=2026-01-31T23/000000000001.txt",
            List.of("change_hour=2026-01-31T23/c.json.gz"));
    assertThat(lists(feed), is(first));
    // The run that made the second was killed behind its commit.
    commit(feed, 2, "r2", file(feed, 99, "d"));
    commit(feed, 3, "r3");
    update(feed);
    Map<String, List<String>> all = new TreeMap<>(first);
    all.put(
        "change_hour=2026-01-31T23/000000000002.txt",
        List.of("change_hour=2026-01-31T23/d.json.gz"));
    assertThat(lists(feed), is(all));
    update(feed);
    assertThat(lists(feed), is(all));
  }

  @ParameterizedTest
  @EnumSource
  void aFeedThatTookThePlaceOfAnother(Place place) throws IOException {
    FeedFolder feed = new FeedFolder(place.newOutput(folder), TABLE);
    commit(feed, 1, "r1", file(feed, 5, "old"));
    commit(feed, 2, "r2", file(feed, 6, "older"));
    update(feed);
    Folder changes = Folder.of(feed.path());
    changes.delete(changes.list().keySet());
    commit(feed, 1, "other", file(feed, 90, "new"));
    update(feed);
    Map<String, List<String>> lists =
        Map.of(
            "change_hour=2026-01-31T23/000000000001.txt",
            List.of("change_hour=2026-01-31T23/new.json.gz"));
    assertThat(lists(feed), is(lists));
    changes.delete(changes.list().keySet());
    commit(feed, 1, "a third", file(feed, 5, "newer"));
    update(feed);
    assertThat(
        List.copyOf(lists(feed).values()),
        is(List.of(List.of("change_hour=2026-01-31T22/newer.json.gz"))));
  }

  @Test
  void theStatementsForAthena() throws IOException {
    FeedFolder feed = new FeedFolder(Place.S3.newOutput(folder), TABLE);
    commit(feed, 1, "r1", file(feed, 5, "a"));
    update(feed);
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

  private static List<String> partitions(GlueStandIn.Request request) throws IOException {
    assertThat(request.operation(), is("BatchCreatePartition"));
    List<String> hours = new ArrayList<>();
    for (JsonNode partition : JSON.readTree(request.body()).get("PartitionInputList")) {
      hours.add(partition.get("Values").get(0).textValue());
      assertThat(
          partition.at("/StorageDescriptor/Location").textValue(),
          containsString("/committed_My-Table/change_hour=" + hours.get(hours.size() - 1) + "/"));
    }
    return hours;
  }

  @Test
  void glueGetsTheTableTheHoursAndTheView() throws IOException {
    FeedFolder feed = new FeedFolder(Place.S3.newOutput(folder), TABLE);
    commit(feed, 1, "r1", file(feed, 5, "a"), file(feed, 90, "b"));
    update(feed);
    commit(feed, 2, "r2", file(feed, 4000, "c"));
    try (GlueStandIn glue = new GlueStandIn()) {
      GlueCatalog catalog =
          GlueCatalog.of("lake")
              .withClient(ClientConfiguration.builder().endpoint(glue.endpoint()).build());
      new FeedCatalog(feed, catalog, OPTIONS).update();
      List<GlueStandIn.Request> requests = glue.requests();
      assertThat(
          requests.stream().map(GlueStandIn.Request::operation).toList(),
          is(List.of("CreateTable", "BatchCreatePartition", "CreateTable")));
      assertThat(
          JSON.readTree(requests.get(0).body()).get("TableInput"),
          is(
              JSON.readTree(
                  """
                  {"Name": "committed_my_table",
                   "Description": "Captured changes of the DynamoDB table My-Table",
                   "TableType": "EXTERNAL_TABLE",
                   "Parameters": {"EXTERNAL": "TRUE", "sluice.table": "My-Table"},
                   "PartitionKeys": [{"Name": "change_hour", "Type": "string"}],
                   "StorageDescriptor": {
                     "Columns": [{"Name": "record", "Type": "string"}],
                     "Location": "%s/committed_My-Table/",
                     "InputFormat": "org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat",
                     "OutputFormat": "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                     "SerdeInfo": {
                       "SerializationLibrary": "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
                       "Parameters": {"serialization.format": "1"}}}}
                  """
                      .formatted(feed.output()))));
      assertThat(
          "those of commits that were made without Glue, too",
          partitions(requests.get(1)),
          is(List.of("2026-01-31T22", "2026-01-31T23", "2026-02-01T00")));
      JsonNode view = JSON.readTree(requests.get(2).body()).get("TableInput");
      assertThat(view.get("Name").textValue(), is("deltas_my_table"));
      String base64 =
          view.get("ViewOriginalText")
              .textValue()
              .replaceFirst("^/\\* Presto View: (\\S+) \\*/$", "$1");
      JsonNode presto = JSON.readTree(Base64.getDecoder().decode(base64));
      assertThat(presto.get("columns").size(), is(DeltaColumn.values().length));
      assertThat(
          presto.get("columns").get(1),
          is(JSON.readTree("{\"name\":\"change_time\",\"type\":\"bigint\"}")));
      assertThat(
          presto.get("originalSql").textValue(), containsString("FROM \"committed_my_table\""));

      new FeedCatalog(feed, catalog, OPTIONS).update();
      assertThat("nothing is new", glue.requests(), is(List.of()));

      commit(feed, 3, "r3", file(feed, 4001, "d"));
      glue.answer(GlueStandIn.Answer.error("AccessDeniedException", "no"));
      assertThat(
          assertThrows(
                  PublishException.class, () -> new FeedCatalog(feed, catalog, OPTIONS).update())
              .getMessage(),
          is(
              "A commit of changes of My-Table is made, but Glue does not know of it: access denied:"
                  + " no"));
      glue.requests();
      new FeedCatalog(feed, catalog, OPTIONS).update();
      assertThat(
          "what failed is done", partitions(glue.requests().get(1)), is(List.of("2026-02-01T00")));
    }
  }

  @Test
  void damagedPositionsAreRefused() throws IOException {
    FeedFolder feed = new FeedFolder(Place.LOCAL.newOutput(folder), TABLE);
    commit(feed, 1, "r1", file(feed, 5, "a"));
    Folder.of(feed.output() + "/_catalog").write("feeds/My-Table.json", new byte[] {'{'}, "x/y");
    assertThat(
        assertThrows(PublishException.class, () -> update(feed)).getMessage(),
        containsString("feeds/My-Table.json is damaged: delete it, and it is made anew"));
  }
}
