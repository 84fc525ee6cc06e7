/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.format.registry.FileFormat;
import io.sluice.snapshot.Manifests;
import io.sluice.snapshot.Place;
import io.sluice.snapshot.PublishException;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.snapshot.catalog.GlueStandIn.Answer;
import io.sluice.snapshot.catalog.GlueStandIn.Request;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests to Glue, and how its answers are handled. */
class GlueCatalogTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PipelineOptions OPTIONS = Place.options();
  private static final Answer DONE = new Answer(200, "{}");
  private static final Answer EXISTS =
      Answer.error("AlreadyExistsException", "Table already exists.");
  private static final String SCHEMA =
      """
      {"type":"record","name":"Item","fields":[{"name":"Id","type":"string"},
        {"name":"at","type":{"type":"record","name":"at","fields":[
          {"name":"lat","type":["null","double"],"default":null}]}}]}
      """;

  private final GlueStandIn glue;
  private final GlueCatalog catalog;

  GlueCatalogTest() throws IOException {
    glue = new GlueStandIn();
    catalog =
        GlueCatalog.of("lake")
            .withClient(ClientConfiguration.builder().endpoint(glue.endpoint()).build());
  }

  private CatalogTable table;

  @BeforeEach
  void table() {
    table = Manifests.table(Manifests.of(FileFormat.PARQUET, SCHEMA, List.of()));
  }

  @AfterEach
  void stop() {
    glue.close();
  }

  private static Answer ownedBy(String dynamoDbTable) {
    return new Answer(
        200,
        "{\"Table\":{\"Name\":\"t\",\"Parameters\":{\"sluice.table\":\"%s\"}}}"
            .formatted(dynamoDbTable));
  }

  private List<String> operations() {
    return glue.requests().stream().map(Request::operation).toList();
  }

  private static void assertBody(Request request, String operation, String json)
      throws IOException {
    assertThat(request.operation(), is(operation));
    assertThat(JSON.readTree(request.body()), is(JSON.readTree(json)));
  }

  private static final String STORAGE =
      """
      {"Columns": [{"Name": "id", "Type": "string"}, {"Name": "at", "Type": "struct<lat:double>"}],
       "Location": "s3://bucket/it's/snapshots_My-Table/%s",
       "InputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
       "OutputFormat": "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
       "SerdeInfo": {
         "SerializationLibrary": "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
         "Parameters": {"serialization.format": "1"}}}
      """;

  private static final String TABLE =
      """
      {"Name": "snapshots_my_table",
       "Description": "Snapshots of the DynamoDB table My-Table",
       "TableType": "EXTERNAL_TABLE",
       "Parameters": {"EXTERNAL": "TRUE", "classification": "parquet", "sluice.table": "My-Table"},
       "PartitionKeys": [{"Name": "snapshot_timestamp", "Type": "string"}],
       "StorageDescriptor": %s}
      """
          .formatted(STORAGE.formatted(""));

  private static final String PARTITION =
      """
      {"Values": ["2026-01-31T23-26-00Z"],
       "Parameters": {"numRows": "0"},
       "StorageDescriptor": %s}
      """
          .formatted(STORAGE.formatted("snapshot_timestamp=2026-01-31T23-26-00Z/"));

  private static final String VIEW =
      """
      {"originalSql": "SELECT \\"id\\", \\"at\\", \\"snapshot_timestamp\\"\\n\
      FROM \\"snapshots_my_table\\"\\nWHERE \\"snapshot_timestamp\\" = '2026-01-31T23-26-00Z'",
       "catalog": "awsdatacatalog", "schema": "lake",
       "columns": [{"name": "id", "type": "varchar"}, {"name": "at", "type": "row(\\"lat\\" double)"},
         {"name": "snapshot_timestamp", "type": "varchar"}],
       "owner": "hadoop", "runAsInvoker": false}
      """;

  @Test
  void theFirstSnapshot() throws IOException {
    catalog.register(table, OPTIONS);
    List<Request> requests = glue.requests();
    assertThat(requests.size(), is(3));
    assertBody(
        requests.get(0),
        "CreateTable",
        "{\"DatabaseName\": \"lake\", \"TableInput\": %s}".formatted(TABLE));
    assertBody(
        requests.get(1),
        "BatchCreatePartition",
        """
        {"DatabaseName": "lake", "TableName": "snapshots_my_table", "PartitionInputList": [%s]}
        """
            .formatted(PARTITION));
    ObjectNode view = (ObjectNode) JSON.readTree(requests.get(2).body()).get("TableInput");
    String text = view.remove("ViewOriginalText").textValue();
    String base64 = text.replaceFirst("^/\\* Presto View: (\\S+) \\*/$", "$1");
    assertThat(
        JSON.readTree(new String(Base64.getDecoder().decode(base64), UTF_8)),
        is(JSON.readTree(VIEW)));
    JsonNode rest =
        JSON.readTree(
            """
            {"Name": "my_table",
             "Description": "The latest snapshot of the DynamoDB table My-Table",
             "TableType": "VIRTUAL_VIEW",
             "Parameters": {"presto_view": "true", "comment": "Presto View",
               "sluice.table": "My-Table"},
             "StorageDescriptor": {
               "Columns": [{"Name": "id", "Type": "string"},
                 {"Name": "at", "Type": "struct<lat:double>"},
                 {"Name": "snapshot_timestamp", "Type": "string"}],
               "Location": "", "SerdeInfo": {}},
             "ViewExpandedText": "/* Presto View */"}
            """);
    assertThat(view, is(rest));
  }

  @Test
  void columnsOfAllScripts() throws IOException {
    String schema =
        """
        {"type":"record","name":"Item","fields":[{"name":"id","type":"string"},
          {"name":"_","type":{"type":"record","name":"r","fields":[
            {"name":"Gr__e","type":"long","dynamodb.column":"Größe"}]},"dynamodb.column":"名前"}]}
        """;
    catalog.register(Manifests.table(Manifests.of(FileFormat.PARQUET, schema, List.of())), OPTIONS);
    List<Request> requests = glue.requests();
    assertThat(
        JSON.readTree(requests.get(0).body()).at("/TableInput/StorageDescriptor/Columns"),
        is(
            JSON.readTree(
                """
                [{"Name": "id", "Type": "string"},
                 {"Name": "名前", "Type": "struct<größe:bigint>"}]
                """)));
    String view =
        JSON.readTree(requests.get(2).body()).at("/TableInput/ViewOriginalText").textValue();
    String base64 = view.replaceFirst("^/\\* Presto View: (\\S+) \\*/$", "$1");
    assertThat(
        JSON.readTree(new String(Base64.getDecoder().decode(base64), UTF_8)).get("columns"),
        is(
            JSON.readTree(
                """
                [{"name": "id", "type": "varchar"},
                 {"name": "名前", "type": "row(\\"größe\\" bigint)"},
                 {"name": "snapshot_timestamp", "type": "varchar"}]
                """)));
  }

  @Test
  void whatIsThereIsBroughtUpToDate() throws IOException {
    glue.answer(
        EXISTS,
        ownedBy("My-Table"),
        DONE,
        new Answer(
            200,
            """
            {"Errors":[{"PartitionValues":["2026-01-31T23-26-00Z"],
              "ErrorDetail":{"ErrorCode":"AlreadyExistsException","ErrorMessage":"exists"}}]}"""),
        DONE,
        EXISTS,
        ownedBy("My-Table"),
        DONE);
    catalog.register(table, OPTIONS);
    List<Request> requests = glue.requests();
    assertThat(
        requests.stream().map(Request::operation).toList(),
        contains(
            "CreateTable",
            "GetTable",
            "UpdateTable",
            "BatchCreatePartition",
            "UpdatePartition",
            "CreateTable",
            "GetTable",
            "UpdateTable"));
    assertBody(
        requests.get(1),
        "GetTable",
        "{\"DatabaseName\": \"lake\", \"Name\": \"snapshots_my_table\"}");
    assertBody(
        requests.get(2),
        "UpdateTable",
        "{\"DatabaseName\": \"lake\", \"TableInput\": %s, \"SkipArchive\": true}".formatted(TABLE));
    assertBody(
        requests.get(4),
        "UpdatePartition",
        """
        {"DatabaseName": "lake", "TableName": "snapshots_my_table",
         "PartitionValueList": ["2026-01-31T23-26-00Z"], "PartitionInput": %s}
        """
            .formatted(PARTITION));
  }

  @Test
  void tablesOfOthersStay() {
    glue.answer(EXISTS, new Answer(200, "{\"Table\":{\"Name\":\"t\"}}"));
    Exception e = assertThrows(PublishException.class, () -> catalog.register(table, OPTIONS));
    assertThat(
        e.getMessage(),
        containsString("Glue has a table lake.snapshots_my_table that was not made for this"));
    assertThat(operations(), contains("CreateTable", "GetTable"));
    glue.answer(EXISTS, ownedBy("my.table"));
    assertThrows(PublishException.class, () -> catalog.register(table, OPTIONS));
    glue.requests();
    glue.answer(EXISTS, ownedBy("my.table"));
    assertThrows(PublishException.class, () -> catalog.registerOld(table, OPTIONS));
    assertThat("no partition in it", operations(), contains("CreateTable", "GetTable"));
  }

  @Test
  void refusals() {
    glue.answer(Answer.error("AccessDeniedException", "User x may not glue:CreateTable"));
    Exception e = assertThrows(PublishException.class, () -> catalog.register(table, OPTIONS));
    assertThat(
        e.getMessage(),
        is(
            "The snapshot s3://bucket/it's/snapshots_My-Table/snapshot_timestamp=2026-01-31T23-26-00Z/"
                + " is published, but Glue does not know of it: access denied: User x may not"
                + " glue:CreateTable"));
    glue.answer(Answer.error("EntityNotFoundException", "Database lake not found."));
    e = assertThrows(PublishException.class, () -> catalog.register(table, OPTIONS));
    assertThat(
        e.getMessage(),
        containsString(
            "the database lake, or a table in it, does not exist: Database lake not found."));
    glue.answer(
        DONE,
        new Answer(
            200,
            """
            {"Errors":[{"PartitionValues":["x"],
              "ErrorDetail":{"ErrorCode":"InternalServiceException","ErrorMessage":"oh"}}]}"""));
    e = assertThrows(PublishException.class, () -> catalog.register(table, OPTIONS));
    assertThat(e.getMessage(), containsString("does not take its partition: oh"));
    assertThrows(IllegalArgumentException.class, () -> GlueCatalog.of("My Lake"));
  }

  @Test
  void partitionsOfRetiredSnapshots() throws IOException {
    glue.answer(
        new Answer(
            200,
            """
            {"Errors":[{"PartitionValues":["x"],
              "ErrorDetail":{"ErrorCode":"EntityNotFoundException","ErrorMessage":"gone"}}]}"""));
    catalog.retire(
        table,
        List.of(
            SnapshotTime.parse("2026-01-01T00-00-00Z"), SnapshotTime.parse("2026-01-02T00-00-00Z")),
        OPTIONS);
    List<Request> requests = glue.requests();
    assertThat(requests.size(), is(1));
    assertBody(
        requests.get(0),
        "BatchDeletePartition",
        """
        {"DatabaseName": "lake", "TableName": "snapshots_my_table", "PartitionsToDelete": [
          {"Values": ["2026-01-01T00-00-00Z"]}, {"Values": ["2026-01-02T00-00-00Z"]}]}
        """);
  }
}
