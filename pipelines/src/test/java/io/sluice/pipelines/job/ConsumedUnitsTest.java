/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.export.ExportOptions;
import io.sluice.pipelines.export.ExportPipeline;
import io.sluice.pipelines.imports.ImportOptions;
import io.sluice.pipelines.imports.ImportPipeline;
import io.sluice.pipelines.verify.VerifyOptions;
import io.sluice.pipelines.verify.VerifyPipeline;
import io.sluice.report.ConsumedUnits;
import io.sluice.report.Consumption;
import io.sluice.report.JobReport;
import io.sluice.testing.dynamodb.Books;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.Fault;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units in the report of a job are those in the books of DynamoDB. */
class ConsumedUnitsTest {
  private static final int ITEMS = 500;

  @TempDir Path folder;

  private final EmbeddedDynamoDb db =
      EmbeddedDynamoDb.start(
          EndpointSettings.of(
              TableSettings.of("trips", "id:S")
                  .withWarm(200_000, 200_000)
                  .withIndex("by-store", "store:S")));

  @BeforeEach
  void write() throws IOException {
    // Items of up to 4 KB: up to four units each.
    Files.writeString(
        folder.resolve("trips.csv"),
        IntStream.range(0, ITEMS)
            .mapToObj(i -> "%d,%s,%s".formatted(i, i % 2 == 0 ? "s" + i : "", "x".repeat(8 * i)))
            .collect(Collectors.joining("\n", "id,store,text\n", "\n")));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private <O extends PipelineOptions> Consumption consumed(
      Class<O> type, ToIntFunction<O> run, String... more) throws IOException {
    Path report = folder.resolve("report.json");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + db.endpoint(),
                "--table=trips",
                "--report=" + report));
    arguments.addAll(List.of(more));
    int code = run.applyAsInt(OneWorker.options(type, arguments.toArray(String[]::new)));
    assertThat(code, is(ExitCode.OK));
    return JobReport.fromJson(Files.readString(report)).tally().consumption();
  }

  private ConsumedUnits imported(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.add("--input=" + folder.resolve("trips.csv"));
    return consumed(
            ImportOptions.class,
            options -> ImportPipeline.run(options, new Printed().console()),
            arguments.toArray(String[]::new))
        .writes();
  }

  @Test
  void anImport() throws IOException {
    db.failNext(2, Fault.THROTTLED);
    ConsumedUnits writes = imported();
    Books books = db.books();
    assertThat(writes.table(), is(books.writeUnits()));
    assertThat(writes.table(), greaterThan(2.0 * ITEMS));
    assertThat(writes.indexes().get("by-store"), greaterThan((double) ITEMS / 2));
    assertThat(writes.requests(), is(books.requests("BatchWriteItem")));
    assertThat(
        writes.throttled().values().stream().mapToLong(n -> n).sum(),
        is(books.throttled("BatchWriteItem")));
  }

  @Test
  void aComparisonEitherWay() throws IOException {
    imported();
    for (String input : List.of("trips.csv", "one.csv")) {
      List<String> lines = Files.readAllLines(folder.resolve("trips.csv"));
      Files.write(folder.resolve("one.csv"), lines.subList(0, 3));
      double before = db.books().readUnits();
      Consumption again =
          consumed(
              ImportOptions.class,
              options -> ImportPipeline.run(options, new Printed().console()),
              "--input=" + folder.resolve(input),
              "--write=CHANGED");
      assertThat(again.writes().table(), is(0.0));
      assertThat(again.reads().table(), is(db.books().readUnits() - before));
      assertThat(again.reads().table(), greaterThan(0.0));
    }
  }

  @Test
  void anExportAndAVerification() throws IOException {
    imported();
    double before = db.books().readUnits();
    Consumption exported =
        consumed(
            ExportOptions.class,
            options -> ExportPipeline.run(options, new Printed().console()),
            "--output=" + folder);
    assertThat(exported.reads().table(), is(db.books().readUnits() - before));
    assertThat(exported.writes().requests(), is(0L));
    before = db.books().readUnits();
    Consumption verified =
        consumed(
            VerifyOptions.class,
            options -> VerifyPipeline.run(options, new Printed().console()),
            "--input=" + folder.resolve("trips.csv"),
            "--full");
    assertThat(verified.reads().table(), closeTo(db.books().readUnits() - before, 1e-6));
    assertThat(verified.reads().indexes(), is(Map.of()));
  }
}
