/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Index;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.dynamodb.table.Billing;
import io.sluice.dynamodb.table.IndexDefinition;
import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** The options of imports that DynamoDB does itself. */
class LoadPlanTest {
  private static final List<String> USUAL =
      List.of(
          "--input=s3://b/trips/*.csv",
          "--table=trips",
          "--writeEngine=importTable",
          "--createTable=ON_DEMAND",
          "--partitionKey=id:S");

  private static LoadPlan plan(String... more) {
    List<String> arguments = new ArrayList<>(USUAL);
    arguments.addAll(List.of(more));
    return ImportPlan.of(
            PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new))
                .as(ImportOptions.class))
        .load();
  }

  private static List<String> problems(String... more) {
    return assertThrows(UsageException.class, () -> plan(more)).problems();
  }

  @Test
  void filesAreStagedBelowTheRejectionsUnlessThereIsAnotherFolder() {
    assertThat(plan("--staging=s3://b/s").staging(), is("s3://b/s/"));
    assertThat(plan("--rejects=s3://b/r").staging(), is("s3://b/r/_staging/"));
    assertThat(
        problems(),
        contains(
            "--writeEngine=importTable needs --staging, a folder in S3 for the files that DynamoDB"
                + " reads"));
    assertThat(
        problems("--staging=/data/x"),
        contains("--staging=/data/x/ must be a folder in S3, where DynamoDB reads the files"));
  }

  @Test
  void whatHasNoEffectIsRefusedByName() {
    String with = " does not go with --writeEngine=importTable: ";
    String rate = "it takes no write units of the table";
    assertThat(
        problems(
                "--staging=s3://b/s",
                "--writeRatio=0.9",
                "--onDemandWriteUnits=5",
                "--coordination=s3://b/c",
                "--writeUnitHourPrice=1",
                "--millionWritesPrice=1",
                "--deadline=20m",
                "--terminateAfter=20m",
                "--raiseCapacity=5000",
                "--write=CHANGED",
                "--prune",
                "--dedupe=NONE")
            .subList(0, 11),
        contains(
            "--writeRatio" + with + rate,
            "--onDemandWriteUnits" + with + rate,
            "--raiseCapacity" + with + rate,
            "--coordination" + with + rate,
            "--writeUnitHourPrice" + with + "it is not charged by write units",
            "--millionWritesPrice" + with + "it is not charged by write units",
            "--deadline" + with + "nobody promises how long it takes",
            "--terminateAfter" + with + "what DynamoDB has begun is not stopped",
            "--write" + with + "there is no table to compare with",
            "--prune" + with + "there is no table to prune",
            "--dedupe" + with + "DynamoDB keeps any one of several items with the same key"));
  }

  @Test
  void itCreatesTheTable() {
    List<String> arguments = new ArrayList<>(USUAL.subList(0, 3));
    arguments.add("--staging=s3://b/s");
    arguments.add("--table=arn:aws:dynamodb:us-east-1:123456789012:table/trips");
    arguments.remove("--table=trips");
    ImportOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).as(ImportOptions.class);
    assertThat(
        assertThrows(UsageException.class, () -> ImportPlan.of(options)).problems(),
        contains(
            "--writeEngine=importTable creates the table: give --createTable=ON_DEMAND"
                + " --partitionKey=name:S",
            "--writeEngine=importTable creates the table: give its name, not an ARN"));
  }

  @Test
  void stagingGoesWithThisEngine() {
    ImportOptions options =
        PipelineOptionsFactory.fromArgs("--input=x", "--table=trips", "--staging=s3://b/s")
            .as(ImportOptions.class);
    assertThat(
        assertThrows(UsageException.class, () -> ImportPlan.of(options)).problems(),
        contains("--staging goes with --writeEngine=importTable or bulk"));
  }

  private static List<MatchResult.Metadata> files(String name, long bytes) {
    return List.of(
        MatchResult.Metadata.builder()
            .setResourceId(FileSystems.matchNewResource(name, false))
            .setSizeBytes(bytes)
            .setLastModifiedMillis(1)
            .setIsReadSeekEfficient(true)
            .build());
  }

  @Test
  void theFolderOfARunFollowsFromTheInputAndTheTable() {
    String staging = "--staging=s3://b/s";
    String folder = plan(staging).folder("trips", files("/a.csv", 5));
    assertThat(folder, startsWith("s3://b/s/trips-"));
    // What does not change the items does not change the folder.
    assertThat(
        plan(staging, "--report=/data/report.json").folder("trips", files("/a.csv", 5)),
        is(folder));
    assertThat(plan(staging).folder("trips", files("/a.csv", 6)), is(not(folder)));
    assertThat(plan(staging, "--columns=a:N").folder("trips", files("/a.csv", 5)), is(not(folder)));
    assertThat(
        plan(staging, "--sortKey=at:N").folder("trips", files("/a.csv", 5)), is(not(folder)));
    // Rows of a database are never known to be the same.
    assertThat(
        plan(staging).folder("trips", List.of()),
        is(not(plan(staging).folder("trips", List.of()))));
  }

  @Test
  void whatSuchAnImportDoesNotCreateIsRefused() {
    KeySchema key = new KeySchema(KeyAttribute.parse("id:S"), KeyAttribute.parse("at:N"));
    IndexDefinition local =
        new IndexDefinition(
            "by-fare",
            List.of(KeyAttribute.parse("id:S")),
            List.of(KeyAttribute.parse("fare:N")),
            Index.Projection.ALL,
            List.of(),
            null);
    TableDefinition definition =
        new TableDefinition(
            key, List.of(local), Billing.ON_DEMAND, "NEW_IMAGE", null, "ttl", Map.of(), Set.of());
    LoadPlan plan = plan("--staging=s3://b/s");
    assertThat(
        assertThrows(
                JobException.class,
                () ->
                    plan.check(
                        TableInfo.toBe("trips", definition, OnDemandUnits.NONE),
                        "s3://b/s/x/",
                        PipelineOptionsFactory.as(ImportOptions.class)))
            .getMessage(),
        is(
            "--writeEngine=importTable creates no local index and no stream and no time to live,"
                + " which the table is to have: --writeEngine=async does"));
    plan.check(
        TableInfo.toBe("trips", TableDefinition.of(key, Billing.ON_DEMAND), OnDemandUnits.NONE),
        "s3://b/s/x/",
        PipelineOptionsFactory.as(ImportOptions.class));
  }
}
