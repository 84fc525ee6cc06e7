/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.catalog.GlueCatalog;
import io.sluice.snapshot.catalog.GlueStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feed in the Glue Data Catalog. */
class FeedGlueTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

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
    FeedFolder feed = new FeedFolder(Place.S3.newOutput(folder), FeedFiles.TABLE);
    FeedFiles.commit(feed, 1, "r1", FeedFiles.file(feed, 5, "a"), FeedFiles.file(feed, 90, "b"));
    FeedFiles.update(feed);
    FeedFiles.commit(feed, 2, "r2", FeedFiles.file(feed, 4000, "c"));
    try (GlueStandIn glue = new GlueStandIn()) {
      GlueCatalog catalog =
          GlueCatalog.of("lake")
              .withClient(ClientConfiguration.builder().endpoint(glue.endpoint()).build());
      new FeedCatalog(feed, catalog, FeedFiles.OPTIONS).update();
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

      new FeedCatalog(feed, catalog, FeedFiles.OPTIONS).update();
      assertThat("nothing is new", glue.requests(), is(List.of()));

      FeedFiles.commit(feed, 3, "r3", FeedFiles.file(feed, 4001, "d"));
      glue.answer(GlueStandIn.Answer.error("AccessDeniedException", "no"));
      assertThat(
          assertThrows(
                  PublishException.class,
                  () -> new FeedCatalog(feed, catalog, FeedFiles.OPTIONS).update())
              .getMessage(),
          is(
              "A commit of changes of My-Table is made, but Glue does not know of it: access denied:"
                  + " no"));
      glue.requests();
      new FeedCatalog(feed, catalog, FeedFiles.OPTIONS).update();
      assertThat(
          "what failed is done", partitions(glue.requests().get(1)), is(List.of("2026-02-01T00")));
    }
  }
}
