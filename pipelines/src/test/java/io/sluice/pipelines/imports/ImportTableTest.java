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
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.pipelines.Main;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.testing.dynamodb.Books;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.model.ImportSummary;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Imports that DynamoDB does itself, into a new table. */
@Timeout(600)
class ImportTableTest extends LoadFixture {
  private static final int ROWS = 3_000;
  private static final int DUPLICATES = 200;

  @BeforeEach
  void writeTheInput() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,fare"));
    for (int i = 0; i < ROWS; i++) {
      String id = "trip-" + (i < DUPLICATES ? ROWS - 1 - i : i);
      fares.put(id, Integer.toString(i));
      lines.add(id + "," + i);
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
        "--dedupe=LATEST",
        "--orderBy=fare",
        "--writeEngine=importTable",
        "--createTable=ON_DEMAND",
        "--partitionKey=id:S",
        "--staging=" + place(),
        "--report=" + folder.resolve("report.json"));
  }

  private List<ImportSummary> imports() {
    return aws.dynamodb().listImportsPaginator(list -> list.pageSize(25)).stream()
        .flatMap(page -> page.importSummaryList().stream())
        .filter(one -> one.tableArn().endsWith("/" + table))
        .collect(Collectors.toList());
  }

  private void fault(String rest) {
    admin.post("faults", "{'rules':[{'share':1," + rest + "}]}");
  }

  @Test
  void aTableIsMadeOfFilesAndTakesNoWriteUnits() throws IOException {
    assertThat(run(), is(ExitCode.OK));
    assertThat(stored(), is(fares));
    Books books = admin.books(table);
    assertThat(books.requests("ImportTable", "OK"), is(1L));
    assertThat(books.requests("BatchWriteItem") + books.requests("CreateTable"), is(0L));
    assertThat(books.itemsAccepted(), is(0L));
    assertThat(books.writeUnits(), is(0.0));
    JsonNode report = report();
    assertThat(report.at("/counts/read").asLong(), is((long) ROWS));
    assertThat(report.at("/counts/written").asLong(), is((long) fares.size()));
    assertThat(report.at("/counts/duplicates").asLong(), is((long) ROWS - fares.size()));
    assertThat(report.at("/addsUp").asBoolean(), is(true));
    assertThat(report.at("/load/ids/0").asText(), is(imports().get(0).importArn()));
    long bytes = report.at("/load/bytes").asLong();
    assertThat(report.at("/cost/dollars").asDouble(), is(bytes / (double) (1 << 30) * 0.15));
    assertThat(report.at("/consumed").isMissingNode(), is(true));
    assertThat(
        printed.lines(),
        hasItem(
            matchesPattern(" +files +\\d+  read by ImportTable, which charges for [\\d,]+ bytes")));
    assertThat(staged(), is(empty()));
  }

  @Test
  void whatIsRejectedBeforeKeepsDynamoDbFromIt() throws IOException {
    Files.writeString(input, "id,fare\na,1\nb,x\n");
    assertThat(run(), is(ExitCode.REJECTIONS));
    assertThat(imports(), is(empty()));
    assertThat(report().at("/counts/withheld").asLong(), is(1L));
    assertThat(report().at("/load/operation").isNull(), is(true));
    assertThrows(ResourceNotFoundException.class, this::stored);
    assertThat(staged(), is(empty()));
  }

  @Test
  void anInputWithoutItemsMakesNoTable() throws IOException {
    Files.writeString(input, "id,fare\n");
    assertThat(run(), is(ExitCode.OK));
    assertThat(imports(), is(empty()));
  }

  @Test
  void aTableThatExistsIsRefusedBeforeAnythingIsRead() {
    aws.dynamodb()
        .createTable(
            create ->
                create
                    .tableName(table)
                    .billingMode("PAY_PER_REQUEST")
                    .keySchema(key -> key.attributeName("id").keyType("HASH"))
                    .attributeDefinitions(id -> id.attributeName("id").attributeType("S")));
    assertThat(
        failure(),
        is(
            "the table "
                + table
                + " exists, and --writeEngine=importTable creates a new one; --writeEngine=async"
                + " writes to this one"));
    assertThat(imports(), is(empty()));
    assertThat(staged(), is(empty()));
  }

  @Test
  void aDryRunSaysWhatWouldBeStagedAndWhatItCosts() throws IOException {
    assertThat(run("--dryRun"), is(ExitCode.OK));
    String bytes = "%,d".formatted(report().at("/survey/jsonBytes").asLong());
    assertThat(
        printed.lines(),
        hasItems(
            "2,800 items would be staged in %s/, as %s bytes of DynamoDB JSON before compression."
                .formatted(place(), bytes),
            "How long it takes is unknown: nobody promises that."));
    assertThat(imports(), is(empty()));
    assertThat(staged(), is(empty()));
    assertThat(run(), is(ExitCode.OK));
    // What was forecast is what DynamoDB then read.
    assertThat("%,d".formatted(report().at("/load/bytes").asLong()), is(bytes));
  }

  @Test
  void anAnswerThatIsLostStartsNoSecondImport() {
    admin.post("faults/next", "{'operation':'ImportTable','fault':'reset-after','requests':1}");
    assertThat(run(), is(ExitCode.OK));
    assertThat(imports(), hasSize(1));
    assertThat(stored(), is(fares));
  }

  @Test
  void aRunThatIsCutOffIsContinuedByTheNextOne() throws IOException {
    fault("'operations':['DescribeImport'],'fault':'AccessDeniedException','message':'not you'");
    assertThat(
        failure(),
        allOf(containsString("not you (AccessDeniedException)"), containsString(place())));
    assertThat(imports(), hasSize(1));
    assertThat(staged(), is(not(empty())));
    nothingGoesWrongAnyMore();
    assertThat(run(), is(ExitCode.OK));
    assertThat(imports(), hasSize(1));
    assertThat(stored(), is(fares));
    assertThat(report().at("/counts/written").asLong(), is((long) fares.size()));
    assertThat(staged(), is(empty()));
  }

  @Test
  void anImportThatFailsSaysWhyAndIsDoneAgain() {
    fault(
        "'operations':['DescribeImport'],'body':'"
            + "{\\\"ImportTableDescription\\\":{\\\"ImportArn\\\":\\\"arn:x/import/1\\\","
            + "\\\"ImportStatus\\\":\\\"FAILED\\\",\\\"FailureCode\\\":\\\"S3NoSuchBucket\\\","
            + "\\\"FailureMessage\\\":\\\"no bucket\\\"}}'");
    assertThat(
        failure(),
        allOf(
            containsString("ImportTable failed: no bucket (S3NoSuchBucket)"),
            containsString("the staged files stay in " + place())));
    nothingGoesWrongAnyMore();
    // As after an import that failed in truth, there is no table.
    aws.dynamodb().deleteTable(delete -> delete.tableName(table));
    assertThat(run(), is(ExitCode.OK));
    assertThat(imports(), hasSize(2));
    assertThat(stored(), is(fares));
    assertThat(staged(), is(empty()));
  }

  @Test
  void countsThatDoNotAddUpFailTheJob() {
    fault(
        "'operations':['DescribeImport'],'body':'"
            + "{\\\"ImportTableDescription\\\":{\\\"ImportArn\\\":\\\"arn:x/import/1\\\","
            + "\\\"ImportStatus\\\":\\\"COMPLETED\\\",\\\"ImportedItemCount\\\":1000000}}'");
    assertThat(
        failure(),
        containsString(
            "of %,d items DynamoDB has written 1,000,000 and lists 0 as refused"
                .formatted(fares.size())));
    assertThat(staged(), is(not(empty())));
  }

  @Test
  void aKilledRunIsContinuedByTheNextOne() throws Exception {
    // The answer never comes within this test, so the program is killed while it waits.
    admin.post("latency", "{'millis':0,'operations':{'DescribeImport':600000}}");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--pipeline=import",
                "--local",
                "--dynamodbEndpoint=" + aws.dynamodbEndpoint(),
                "--s3Endpoint=" + aws.s3Endpoint(),
                "--table=" + table));
    command.addAll(arguments());
    Path log = folder.resolve("killed.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      while (staged().stream().noneMatch(key -> key.endsWith(".arn"))) {
        assertThat(Files.readString(log), process.isAlive(), is(true));
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    nothingGoesWrongAnyMore();
    assertThat(run(), is(ExitCode.OK));
    assertThat(imports(), hasSize(1));
    assertThat(stored(), is(fares));
    assertThat(staged(), is(empty()));
  }
}
