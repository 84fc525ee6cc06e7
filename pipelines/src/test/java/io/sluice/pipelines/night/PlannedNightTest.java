/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.plan.PlanOptions;
import io.sluice.pipelines.plan.PlanVerb;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan of a night, and the night that it is of. */
class PlannedNightTest {
  private static final int ITEMS = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Printed printed = new Printed();
  private EmbeddedDynamoDb db;

  @BeforeEach
  void start() throws IOException {
    db =
        EmbeddedDynamoDb.start(
            EndpointSettings.of(
                TableSettings.of("trips", "id:S")
                    .withWarm(200_000, 200_000)
                    .withIndex("by-day", "day:N")));
    write("trips.csv", 0);
    write("more.csv", ITEMS);
    Files.writeString(
        folder.resolve("night.yaml"),
        """
        name: nightly
        ledger: %1$s/ledger
        parallel: 2
        publish: each
        defaults: {local: true, dynamodbEndpoint: '%2$s', columns: 'day:N', targetParallelism: 1}
        tables:
          trips:
            steps:
              - import: {input: %1$s/trips.csv}
              - import: {input: %1$s/more.csv}
          none:
            after: [trips]
            table: not-there
            steps:
              - export: {output: %1$s/out}
              - query: {output: %1$s/out, sql: select 1}
        """
            .formatted(folder, db.endpoint()));
  }

  private void write(String file, int from) throws IOException {
    Files.writeString(
        folder.resolve(file),
        IntStream.range(from, from + ITEMS)
            .mapToObj(i -> "trip-%d,%d\n".formatted(i, i % 30))
            .collect(Collectors.joining("", "id,day\n", "")));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private int plan(List<String> own, String... others) {
    return new PlanVerb()
        .run(
            PipelineOptionsFactory.fromArgs(own.toArray(String[]::new)).as(PlanOptions.class),
            new ArrayList<>(List.of(others)),
            printed.console());
  }

  private JsonNode json() throws IOException {
    assertThat(plan(List.of("--json"), "night", file("night.yaml")), is(ExitCode.OK));
    return JSON.readTree(printed.lines().get(printed.lines().size() - 1));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Takes the steps out that cannot be planned. */
  private void onlyTrips() throws IOException {
    String yaml = Files.readString(folder.resolve("night.yaml"));
    Files.writeString(folder.resolve("night.yaml"), yaml.substring(0, yaml.indexOf("  none:")));
  }

  private JsonNode reportOf(String step) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("ledger"))) {
      Path report = files.filter(file -> file.endsWith(step)).findFirst().orElseThrow();
      return JSON.readTree(report.toFile());
    }
  }

  private static List<String> notes(JsonNode plan) {
    return StreamSupport.stream(plan.get("notes").spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }

  @Test
  void whatCannotBePlannedIsNamedAndTheSumsAreAtLeastTheOthers() throws IOException {
    JsonNode plan = json();
    assertThat(plan.at("/figures/writeUnits/low").intValue(), is(2 * ITEMS));
    assertThat(plan.at("/figures/writeUnits/high").isNull(), is(true));
    assertThat(plan.at("/indexWriteUnits/all indexes/low").intValue(), is(2 * ITEMS));
    assertThat(plan.at("/cost/dollars/high").isNull(), is(true));
    assertThat(plan.get("parts").size(), is(2));
    assertThat(
        plan.at("/parts/1/title").textValue(), startsWith("trips, step 2, import: " + folder));
    assertThat(
        notes(plan),
        hasItem("none, step 1, export, is not planned: the table not-there does not exist"));
    assertThat(notes(plan), hasItem("none, step 2, query, is not planned: that verb has no plan"));
    assertThat("nothing is written", db.books().itemsStored(), is(0L));
    assertThat(Files.exists(folder.resolve("ledger")), is(false));
  }

  @Test
  void theNightTakesWhatWasPlanned() throws IOException {
    onlyTrips();
    JsonNode plan = json();
    assertThat(plan.at("/figures/writeUnits").intValue(), is(2 * ITEMS));
    double parts =
        plan.at("/parts/0/cost/dollars").doubleValue()
            + plan.at("/parts/1/cost/dollars").doubleValue();
    assertThat(plan.at("/cost/dollars").doubleValue(), is(closeTo(parts, 1e-12)));
    double least = plan.at("/parts/0/figures/seconds/low").doubleValue();
    assertThat(plan.at("/figures/seconds/low").doubleValue() > least, is(true));

    plan(List.of("--out=" + file("plan.json")), "night", file("night.yaml"));
    assertThat(printed.lines().toString(), containsString("nightly: 2 of 2 steps"));
    assertThat(plan(List.of("--apply=" + file("plan.json"))), is(ExitCode.OK));
    assertThat(db.books().itemsStored(), is(2L * ITEMS));
    assertThat(db.books().writeUnits(), is(2.0 * ITEMS));
    JsonNode second = reportOf("trips-2-import.json");
    assertThat(second.at("/planned/figures/writeUnits").intValue(), is(ITEMS));
    assertThat(second.at("/consumed/writes/table").intValue(), is(ITEMS));
    assertThat(
        second.at("/planned/cost/dollars").doubleValue(),
        is(closeTo(second.at("/cost/dollars").doubleValue(), 1e-9)));
  }

  @Test
  void stepsThatReadTheTableAddUpToo() throws IOException {
    onlyTrips();
    plan(List.of("--out=" + file("plan.json")), "night", file("night.yaml"));
    plan(List.of("--apply=" + file("plan.json")));
    double before = db.books().readUnits();
    String yaml = Files.readString(folder.resolve("night.yaml"));
    Files.writeString(
        folder.resolve("night.yaml"),
        yaml.replace("import: {input: " + file("trips.csv"), "verify: {input: " + file("trips.csv"))
            .replace("import: {input: " + file("more.csv"), "export: {output: " + file("out"))
            .replace("ledger: " + folder, "ledger: " + folder + "/another"));
    JsonNode plan = json();
    double verify = plan.at("/parts/0/figures/readUnits/low").doubleValue();
    double export = plan.at("/parts/1/figures/readUnits").doubleValue();
    assertThat(verify, is((double) ITEMS));
    assertThat(plan.at("/figures/readUnits/low").doubleValue(), is(closeTo(verify + export, 1e-9)));
    assertThat(plan.at("/figures/writeUnits").intValue(), is(0));
    double sampled = db.books().readUnits() - before;
    plan(List.of("--out=" + file("plan.json"), "--sampleUnits=0"), "night", file("night.yaml"));
    assertThat(plan(List.of("--apply=" + file("plan.json"))), is(ExitCode.OK));
    double read = db.books().readUnits() - before - sampled;
    assertThat(read, is(closeTo(verify + export, 0.1 * read)));
  }

  @Test
  void aPlanDoesNotHoldWhenTheFileOrAnInputIsAnother() throws IOException {
    onlyTrips();
    plan(List.of("--out=" + file("plan.json")), "night", file("night.yaml"));
    write("more.csv", ITEMS + 1);
    mustNotHold("sluice: trips, step 2, import: " + file("more"));
    write("more.csv", ITEMS);
    plan(List.of("--out=" + file("plan.json")), "night", file("night.yaml"));
    Files.writeString(
        folder.resolve("night.yaml"),
        Files.readString(folder.resolve("night.yaml")) + "# another\n");
    mustNotHold("sluice: the file of the night was ");
    assertThat(db.books().itemsStored(), is(0L));
  }

  private void mustNotHold(String because) {
    String why =
        assertThrows(JobException.class, () -> plan(List.of("--apply=" + file("plan.json"))))
            .getMessage();
    assertThat(why, containsString("the plan does not hold any more, and nothing was run"));
    assertThat(printed.errors(), hasItem(startsWith(because)));
  }

  @Test
  void aPlanHoldsWhoseStepsCouldNotAllBePlanned() throws IOException {
    onlyTrips();
    // Cut off, which the plan of an import finds when it reads all of it.
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(whole)) {
      zip.write(Files.readAllBytes(folder.resolve("trips.csv")));
    }
    Files.write(
        folder.resolve("more.csv.gz"), Arrays.copyOf(whole.toByteArray(), whole.size() - 50));
    Files.writeString(
        folder.resolve("night.yaml"),
        Files.readString(folder.resolve("night.yaml")).replace("/more.csv}", "/more.csv.gz}"));
    plan(List.of("--out=" + file("plan.json")), "night", file("night.yaml"));
    assertThat(printed.lines(), hasItem("nightly: 1 of 2 steps"));
    assertThat(printed.lines(), hasItem(startsWith("trips, step 2, import, is not planned: ")));
    assertThat(plan(List.of("--apply=" + file("plan.json"))), is(ExitCode.FAILED));
    assertThat("the first step was run", db.books().itemsStored(), is((long) ITEMS));
  }

  @Test
  void mistakesAreReported() {
    assertThat(
        assertThrows(UsageException.class, () -> plan(List.of(), "night")).problems(),
        hasItem(startsWith("the file is missing")));
    assertThat(
        assertThrows(
                UsageException.class,
                () -> plan(List.of(), "night", file("night.yaml"), "--dryRun=true"))
            .problems(),
        hasItem("a plan is of a run of the night: leave out --dryRun and --template"));
    assertThat(
        assertThrows(UsageException.class, () -> plan(List.of(), "night", file("no.yaml")))
            .problems(),
        hasItem(containsString("does not exist")));
  }
}
