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

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.testing.dynamodb.Books;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Imports that DynamoDB does itself, into a table that exists. */
@Timeout(600)
class BulkImportTest extends LoadFixture {
  private static final int ROWS = 1_000;

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

  @Override
  List<String> arguments() {
    return List.of(
        "--runner=DirectRunner",
        "--input=" + input,
        "--columns=id:S,fare:N",
        "--writeEngine=bulk",
        "--staging=" + place(),
        "--report=" + folder.resolve("report.json"));
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
