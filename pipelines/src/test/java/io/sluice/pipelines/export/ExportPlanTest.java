/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.Prices;
import io.sluice.format.registry.FileFormat;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.table.ReadBudgetPlan;
import io.sluice.schema.ColumnNaming;
import io.sluice.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class ExportPlanTest {

  private static ExportPlan plan(String... arguments) {
    return ExportPlan.of(PipelineOptionsFactory.fromArgs(arguments).as(ExportOptions.class));
  }

  private static List<String> problems(String... arguments) {
    return assertThrows(UsageException.class, () -> plan(arguments)).problems();
  }

  @Test
  void theLeastOfArgumentsIsTableAndOutput() {
    ExportPlan plan = plan("--table=trips", "--output=s3://b/exports");
    assertThat(plan.format(), is(FileFormat.PARQUET));
    assertThat(plan.fileBytes(), is(256L << 20));
    assertThat(plan.keep(), is(0));
    assertThat(plan.catalog().database(), is(nullValue()));
    assertThat(plan.budget(), is(new ReadBudgetPlan(Budget.ofRatio(0.25), OnDemandUnits.NONE)));
    assertThat(plan.prices(), is(Prices.US_EAST_1));
  }

  @Test
  void nothingGivenIsToldAltogether() {
    assertThat(
        problems(),
        contains(
            "--table is missing: give the name of the table",
            "--output is missing: give a folder for the snapshots, such as s3://bucket/exports"));
  }

  @Test
  void whatMakesNoSnapshotNeedsNoOutput() {
    assertThat(plan("--table=trips", "--dryRun").output(), is(nullValue()));
    assertThat(plan("--table=trips", "--describeSchema").output(), is(nullValue()));
    assertThat(plan("--table=trips", "--output=out", "--dryRun").output(), is("out"));
  }

  @Test
  void aReportMayBeSeveralFiles() {
    assertThat(plan("--table=trips", "--output=o").report(), is(empty()));
    assertThat(
        plan("--table=trips", "--output=o", "--report=a.json,b.html", "--report=c").report(),
        contains("a.json", "b.html", "c"));
    for (String wrong : List.of("a.json,a.json", ",a.json", "a.json,,b.html", ",")) {
      assertThat(
          problems("--table=trips", "--output=o", "--report=" + wrong),
          contains(endsWith(" must be different names of files")));
    }
  }

  @Test
  void aDryRunHasNoReport() {
    assertThat(
        problems("--table=trips", "--dryRun", "--report=report.json"),
        contains("--dryRun scans nothing, so it takes no --report"));
  }

  @Test
  void aDescriptionOfTheSchemaTakesNothingThatIsForFiles() {
    assertThat(
        problems(
            "--table=trips",
            "--describeSchema",
            "--schema=item.avsc",
            "--output=s3://b/exports",
            "--outputFormat=AVRO",
            "--fileSize=1GB",
            "--snapshotTimestamp=2026-01-31T23:26:00Z",
            "--overwrite",
            "--keepSnapshots=7",
            "--catalog=glue"),
        contains(
            "--describeSchema prints the schema of the table, so it takes no --schema",
            "--describeSchema writes nothing, so it takes no --output",
            "--describeSchema writes nothing, so it takes no --outputFormat",
            "--describeSchema writes nothing, so it takes no --fileSize",
            "--describeSchema writes nothing, so it takes no --snapshotTimestamp",
            "--describeSchema writes nothing, so it takes no --overwrite",
            "--describeSchema writes nothing, so it takes no --keepSnapshots",
            "--describeSchema writes nothing, so it takes no --catalog"));
    plan("--table=trips", "--describeSchema", "--outputFormat=PARQUET", "--report=report.json");
  }

  @Test
  void theBudgetIsAsGiven() {
    ExportPlan plan =
        plan(
            "--table=trips",
            "--output=out",
            "--readRatio=1.5",
            "--workers=8",
            "--onDemandReadUnits=40000",
            "--millionReadsPrice=0");
    assertThat(
        plan.budget(),
        is(
            new ReadBudgetPlan(
                Budget.ofRatio(1.5).withWorkers(8), new OnDemandUnits(40_000.0, null))));
    assertThat(plan.prices(), is(Prices.US_EAST_1.withReads(0.0)));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(
        problems(
            "--table=a b",
            "--output=out",
            "--fileSize=12",
            "--snapshotTimestamp=now",
            "--keepSnapshots=0",
            "--segments=0",
            "--readRatio=0.05",
            "--onDemandReadUnits=0.5",
            "--millionReadsPrice=-1"),
        contains(
            "--table=a b must be 3 to 255 of the characters a-z A-Z 0-9 _ . -",
            "--fileSize: '12' must be a size such as 256MB or 1GB",
            "--snapshotTimestamp: 'now' must be a time such as 2026-01-31T23:26:00Z",
            "--keepSnapshots=0 must be 1 or more",
            "--segments=0 must be 1 to 1000000",
            "--readRatio=0.05 must be 0.1 to 1.5",
            "--onDemandReadUnits=0.5 must be 1 or more",
            "--millionReadsPrice=-1.0 must be dollars, 0 or more"));
  }

  private static ColumnNaming naming(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--table=trips", "--output=out"));
    arguments.addAll(List.of(more));
    return plan(arguments.toArray(String[]::new)).naming();
  }

  @Test
  void columnsKeepTheLettersOfAllScriptsInParquetOnly() {
    assertThat(naming(), is(ColumnNaming.UNICODE));
    assertThat(naming("--columnNames=ASCII"), is(ColumnNaming.ASCII));
    assertThat(naming("--outputFormat=AVRO"), is(ColumnNaming.ASCII));
    assertThat(naming("--outputFormat=AVRO", "--columnNames=ASCII"), is(ColumnNaming.ASCII));
    assertThat(
        plan("--table=trips", "--describeSchema", "--columnNames=ASCII").naming(),
        is(ColumnNaming.ASCII));
  }

  @Test
  void namesOfColumnsAreForFilesWhoseSchemaIsInferred() {
    String why =
        " goes with --outputFormat=PARQUET: names in AVRO are ASCII, and other formats have the"
            + " attributes' own";
    assertThat(
        problems("--table=trips", "--output=out", "--outputFormat=AVRO", "--columnNames=UNICODE"),
        contains("--columnNames=UNICODE" + why));
    assertThat(
        problems("--table=trips", "--output=out", "--outputFormat=JSON", "--columnNames=ASCII"),
        contains("--columnNames=ASCII" + why));
    assertThat(
        problems("--table=trips", "--output=out", "--schema=a.avsc", "--columnNames=ASCII"),
        contains("--columnNames is for a schema that is inferred: --schema has names already"));
  }

  @Test
  void columnsAreFlatInCsvOnly() {
    String[] csv = {"--table=trips", "--output=out", "--outputFormat=CSV", "--flattenColumns"};
    assertThat(plan(csv).maps(), is(TableSchema.Maps.FLAT));
    assertThat(plan("--table=trips", "--output=out").maps(), is(TableSchema.Maps.WHOLE));
    assertThat(
        problems("--table=trips", "--output=out", "--flattenColumns"),
        contains(
            "--flattenColumns goes with --outputFormat=CSV: files of PARQUET hold maps as they are"));
  }

  @Test
  void whatScansNothingIsNotResumable() {
    assertThat(
        problems("--table=trips", "--output=o", "--startOver"),
        contains("--startOver goes with --resumable"));
    assertThat(
        problems("--table=trips", "--output=s3://b/o", "--resumable", "--source=NATIVE_EXPORT"),
        contains("--resumable is for a scan, and --source=NATIVE_EXPORT reads a whole export"));
    assertThat(
        problems("--table=trips", "--describeSchema", "--resumable"),
        contains("--describeSchema writes nothing, so it takes no --resumable"));
  }
}
