/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.testing.LocalAws;
import io.sluice.testing.dynamodb.AdminClient;
import io.sluice.testing.dynamodb.Books;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Imports that DynamoDB does itself, into a table that exists. */
@Timeout(180)
class BulkImportTest {
  private static final int ROWS = 1_000;
  private static LocalAws aws;
  private static AdminClient admin;

  @TempDir Path folder;

  private final String table = "bulk-" + UUID.randomUUID();
  private final Printed printed = new Printed();
  private final Map<String, String> fares = new TreeMap<>();
  private Path input;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(List.of("--inMemory", "--dynamodbPort=0", "--admin"));
    admin = new AdminClient(aws.dynamodbEndpoint());
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @BeforeEach
  void makeTheTableAndTheInput() throws IOException {
    aws.dynamodb()
        .createTable(
            create ->
                create
                    .tableName(table)
                    .billingMode("PAY_PER_REQUEST")
                    .keySchema(key -> key.attributeName("id").keyType("HASH"))
                    .attributeDefinitions(id -> id.attributeName("id").attributeType("S")));
    aws.dynamodb()
        .putItem(
            put ->
                put.tableName(table)
                    .item(
                        Map.of(
                            "id",
                            AttributeValue.fromS("here"),
                            "fare",
                            AttributeValue.fromN("0"))));
    fares.put("here", "0");
    List<String> lines = new ArrayList<>(List.of("id,fare"));
    for (int i = 0; i < ROWS; i++) {
      fares.put("trip-" + i, Integer.toString(i));
      lines.add("trip-" + i + "," + i);
    }
    input = Files.write(folder.resolve("trips.csv"), lines);
    admin.reset();
  }

  @AfterEach
  void nothingGoesWrongAnyMore() {
    admin.post("faults", "{'rules':[]}");
  }

  private String place() {
    return "s3://" + aws.bucket() + "/staging-" + table;
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=DirectRunner",
                "--input=" + input,
                "--columns=id:S,fare:N",
                "--writeEngine=bulk",
                "--staging=" + place(),
                "--report=" + folder.resolve("report.json")));
    arguments.addAll(List.of(more));
    ImportOptions options =
        OneWorker.options(ImportOptions.class, arguments.toArray(String[]::new));
    options.setLocal(true);
    options.setDynamodbEndpoint(aws.dynamodbEndpoint().toString());
    options.setS3Endpoint(aws.s3Endpoint().toString());
    options.setTable(table);
    return ImportPipeline.run(options, printed.console());
  }

  private String failure(String... more) {
    return assertThrows(JobException.class, () -> run(more)).getMessage();
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("report.json").toFile());
  }

  private Map<String, String> stored() {
    Map<String, String> stored = new TreeMap<>();
    for (Map<String, AttributeValue> item :
        aws.dynamodb().scanPaginator(scan -> scan.tableName(table)).items()) {
      stored.put(item.get("id").s(), item.get("fare").n());
    }
    return stored;
  }

  private List<String> staged() {
    String prefix = "staging-" + table;
    return aws
        .s3()
        .listObjectsV2Paginator(list -> list.bucket(aws.bucket()).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  @Test
  void itemsArePutIntoTheTableWithoutARequestForThem() throws IOException {
    assertThat(run("--bulkWriteUnits=500"), is(ExitCode.OK));
    assertThat(stored(), is(fares));
    Books books = admin.books(table);
    assertThat(books.requests("StartBulkPutItems", "OK"), is(1L));
    assertThat(books.requests("BatchWriteItem"), is(0L));
    assertThat(report().at("/counts/written").asLong(), is((long) ROWS));
    assertThat(report().at("/load/operation").asText(), is("StartBulkPutItems"));
    // Nothing says what it costs.
    assertThat(report().at("/cost").isMissingNode(), is(true));
    assertThat(staged(), is(empty()));
  }

  @Test
  void anAnswerThatIsLostStartsNoSecondOperation() {
    admin.post(
        "faults/next", "{'operation':'StartBulkPutItems','fault':'reset-after','requests':1}");
    assertThat(run(), is(ExitCode.OK));
    assertThat(stored(), is(fares));
    // Sent twice, with the same token: the second answer is about the first operation.
    assertThat(admin.books(table).requests("StartBulkPutItems"), is(2L));
    assertThat(staged(), is(empty()));
  }

  @Test
  void anOperationThatFailsSaysWhyAndTheNextRunStartsAnother() {
    admin.post(
        "faults",
        "{'rules':[{'share':1,'operations':['DescribeBulkOperation'],'body':'"
            + "{\\\"BulkOperationDescription\\\":{\\\"BulkOperationArn\\\":\\\"arn:x/1\\\","
            + "\\\"BulkOperationStatus\\\":\\\"FAILED\\\",\\\"FailureCode\\\":\\\"X\\\","
            + "\\\"FailureMessage\\\":\\\"no\\\"}}'}]}");
    assertThat(
        failure(),
        allOf(
            containsString("StartBulkPutItems failed: no (X)"),
            containsString("the staged files stay in " + place())));
    assertThat(staged(), is(not(empty())));
    nothingGoesWrongAnyMore();
    assertThat(run(), is(ExitCode.OK));
    assertThat(stored(), is(fares));
    assertThat(staged(), is(empty()));
  }

  @Test
  void aTableWhoseIndexIsBeingCreatedIsRefused() {
    admin.post(
        "faults",
        "{'rules':[{'share':1,'operations':['DescribeTable'],'body':'"
            + "{\\\"Table\\\":{\\\"TableName\\\":\\\"t\\\",\\\"TableStatus\\\":\\\"UPDATING\\\","
            + "\\\"AttributeDefinitions\\\":[{\\\"AttributeName\\\":\\\"id\\\",\\\"AttributeType\\\":\\\"S\\\"}],"
            + "\\\"KeySchema\\\":[{\\\"AttributeName\\\":\\\"id\\\",\\\"KeyType\\\":\\\"HASH\\\"}],"
            + "\\\"GlobalSecondaryIndexes\\\":[{\\\"IndexName\\\":\\\"by-fare\\\",\\\"IndexStatus\\\":\\\"CREATING\\\","
            + "\\\"KeySchema\\\":[{\\\"AttributeName\\\":\\\"id\\\",\\\"KeyType\\\":\\\"HASH\\\"}],"
            + "\\\"Projection\\\":{\\\"ProjectionType\\\":\\\"ALL\\\"}}]}}'}]}");
    assertThat(
        failure(),
        is(
            "--writeEngine=bulk does not write to the table "
                + table
                + ": its index by-fare is being created; --writeEngine=async does"));
    assertThat(staged(), is(empty()));
  }

  @Test
  void theTableIsNotCreated() {
    assertThat(
        assertThrows(
                UsageException.class, () -> run("--createTable=ON_DEMAND", "--partitionKey=id:S"))
            .problems(),
        is(
            List.of(
                "--createTable does not go with --writeEngine=bulk: it puts items into a table that"
                    + " exists")));
  }

  @Test
  void aDryRunKnowsTheLeastTimeOnlyWithABound() {
    assertThat(run("--dryRun", "--bulkWriteUnits=100"), is(ExitCode.OK));
    assertThat(
        printed.lines(),
        hasItems(
            "DynamoDB takes at least 10 s at the write units that --bulkWriteUnits allows.",
            LoadForecast.UNPRICED));
    assertThat(run("--dryRun"), is(ExitCode.OK));
    assertThat(
        String.join(" ", printed.lines()),
        matchesPattern(".*How long it takes is unknown: nobody promises that\\..*"));
  }
}
