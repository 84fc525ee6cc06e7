/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.job.Aws;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The output of an export, before and after it runs. */
class ExportPipelineTest {
  private static final int SEGMENTS = 8;
  private static final GeneratedItems ITEMS = new GeneratedItems(2_000, 1_024);

  /** For 2,000 KB, at half a unit for each 4 KB, and each segment is rounded up. */
  private static final String UNITS = "about 252 read units";

  @TempDir Path folder;

  private static TableSettings table() {
    return TableSettings.of("trips", "id:S");
  }

  private static EmbeddedDynamoDb start(TableSettings table) {
    return EmbeddedDynamoDb.start(EndpointSettings.of(table).withGenerated(ITEMS));
  }

  private static ExportOptions options(EmbeddedDynamoDb db, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + db.endpoint(),
                "--table=trips",
                "--segments=" + SEGMENTS));
    arguments.addAll(List.of(more));
    return OneWorker.options(ExportOptions.class, arguments.toArray(String[]::new));
  }

  /** Returns the lines that the export prints. */
  private static List<String> export(EmbeddedDynamoDb db, String... more) {
    Printed printed = new Printed();
    assertThat(ExportPipeline.run(options(db, more), printed.console()), is(ExitCode.OK));
    return printed.lines();
  }

  @Test
  void aDryRunTellsHowLongAndHowMuchAndReadsNothing() {
    try (EmbeddedDynamoDb db = start(table().withProvisioned(5, 100))) {
      assertThat(
          export(db, "--dryRun"),
          contains(
              "2,000 items were in trips when DynamoDB last counted, which it does every six hours"
                  + " or so: to read them takes "
                  + UNITS
                  + ". The job may use 25 of 100 a second (provisioned; ratio 0.25).",
              "With what the job may use it takes about 11 s.",
              "The table is provisioned: its units are paid for by the hour, and the reads cost"
                  + " nothing more."));
      assertThat(db.books().itemsRead(), is(0L));
    }
  }

  @Test
  void anOnDemandTableHasAPrice() {
    try (EmbeddedDynamoDb db = start(table())) {
      List<String> lines =
          export(
              db,
              "--dryRun",
              "--consistentRead",
              "--output=" + folder,
              "--onDemandReadUnits=2000",
              "--millionReadsPrice=1000");
      assertThat(lines.get(0), containsString("about 504 read units"));
      assertThat(lines.get(0), containsString("500 of 2,000 a second (as the option says;"));
      assertThat(
          lines.get(2), is("The table is on-demand: the reads cost about $0.50 (price as given)."));
      assertThat(folder.toFile().list().length, is(0));
    }
  }

  @Test
  void anExportTellsBeforeAndAfter() {
    try (EmbeddedDynamoDb db = start(table())) {
      List<String> lines = export(db, "--output=" + folder);
      assertThat(lines.get(0), containsString(UNITS));
      assertThat(
          lines, hasItem(matchesPattern("  read units  " + units(db) + "  scanned within .* s")));
    }
  }

  private static ExportJob job(EmbeddedDynamoDb db, String... more) {
    ExportOptions options = options(db, more);
    Aws.configure(options);
    return ExportJob.of(options, ExportPlan.of(options), Instant.now());
  }

  @Test
  void theOrderOfItemsIsRandomUnlessThereIsASortKeyOrAnIndex() {
    String output = "--output=" + folder;
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(EndpointSettings.of(table().withIndex("by-store", "store:S")))) {
      assertThat(job(db, output).isRandomOrder(), is(true));
      assertThat(job(db, output, "--index=by-store").isRandomOrder(), is(false));
    }
    try (EmbeddedDynamoDb db =
        EmbeddedDynamoDb.start(EndpointSettings.of(TableSettings.of("trips", "id:S", "at:N")))) {
      assertThat(job(db, output).isRandomOrder(), is(false));
    }
  }

  private static String spoolWarning(long free, EmbeddedDynamoDb db, String... more) {
    return job(db, more).spoolWarning("/scratch", free);
  }

  @Test
  void aTableThatTheDiskMayNotHoldIsWarnedOf() {
    try (EmbeddedDynamoDb db = start(table())) {
      String direct = "--runner=DirectRunner";
      String output = "--output=" + folder;
      long tight = 1L << 20;
      assertThat(
          spoolWarning(tight, db, direct, output),
          containsString("in /scratch, compressed, and 2.0 MB may not fit into the 1.0 MB"));
      assertThat(spoolWarning(4L << 20, db, direct, output), is(nullValue()));
      assertThat(spoolWarning(tight, db, direct, "--describeSchema"), is(nullValue()));
    }
  }

  @Test
  void soDoesTheDescriptionOfASchema() {
    try (EmbeddedDynamoDb db = start(table())) {
      List<String> lines = export(db, "--describeSchema");
      assertThat(lines.get(0), containsString(UNITS));
      assertThat(lines, hasItem("  read units  " + units(db)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PARQUET | 'id','type':'string'},{'name':'n','type':'null' | field n is of Avro type NULL, which Parquet has no type for",
        "AVRO | 'id','type':'string'},{'name':'r','type':['null','item'] | the record item contains itself, which neither Parquet nor a catalog has a type for",
        "PARQUET | 'name','type':'string' | the schema has no field for the key attribute id:S",
        "AVRO | 'id','type':'long' | field 'id' of the schema does not take the key attribute id:S"
      })
  void aSchemaThatNoFileCanHaveIsRefusedBeforeTheScan(String format, String field, String why)
      throws IOException {
    Path schema = schema(field);
    try (EmbeddedDynamoDb db = start(table())) {
      JobException e =
          assertThrows(
              JobException.class,
              () ->
                  export(
                      db, "--output=" + folder, "--outputFormat=" + format, "--schema=" + schema));
      assertThat(e.getMessage(), is("--schema=" + schema + ": " + why));
      assertThat(db.books().requests("Scan"), is(0L));
    }
  }

  @Test
  void aProjectionMayLeaveOutTheKey() throws IOException {
    Path schema = schema("'name','type':'string'");
    try (EmbeddedDynamoDb db = start(table())) {
      export(db, "--dryRun", "--schema=" + schema, "--projection=name");
    }
  }

  private Path schema(String fields) throws IOException {
    String json = "{'type':'record','name':'item','fields':[{'name':" + fields + "}]}";
    return Files.writeString(folder.resolve("item.avsc"), json.replace('\'', '"'));
  }

  private static String units(EmbeddedDynamoDb db) {
    return String.format(Locale.ROOT, "%,12d", Math.round(db.books().readUnits()));
  }
}
