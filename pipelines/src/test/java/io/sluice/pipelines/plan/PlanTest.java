/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.testing.Postgres;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  private static final int ITEMS = 400;
  private static final double TENTH = 0.1;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private final Printed printed = new Printed();
  private EmbeddedDynamoDb db;

  @BeforeEach
  void start() throws IOException {
    start(
        TableSettings.of("trips", "id:S")
            .withWarm(200_000, 200_000)
            .withIndex("by-store", "store:S")
            .withIndex("by-day", "day:S"));
    // A tenth are duplicates, and half have no entry in an index.
    Files.writeString(
        folder.resolve("trips.csv"),
        IntStream.range(0, ITEMS + ITEMS / 10)
            .map(i -> i % ITEMS)
            .mapToObj(
                i ->
                    "%d,%s,d%d,%s"
                        .formatted(i, i % 2 == 0 ? "s" + i : "", i % 7, "x".repeat(8 * i)))
            .collect(Collectors.joining("\n", "id,store,day,text\n", "\n")));
  }

  private void start(TableSettings table) {
    db = EmbeddedDynamoDb.start(EndpointSettings.of(table));
  }

  @AfterEach
  void close() {
    db.close();
  }

  private int plan(List<String> own, String... others) {
    List<String> arguments = new ArrayList<>(List.of(others));
    if (!others[0].startsWith("--report")) {
      arguments.addAll(
          List.of(
              "--local",
              "--dynamodbEndpoint=" + db.endpoint(),
              "--targetParallelism=1",
              others[0].equals("lookup") ? "--lookupTable=trips" : "--table=trips"));
    }
    return new PlanVerb()
        .run(
            PipelineOptionsFactory.fromArgs(own.toArray(String[]::new)).as(PlanOptions.class),
            arguments,
            printed.console());
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Plans a run, runs it, and returns its report. */
  private JsonNode planAndRun(String... others) throws IOException {
    assertThat(plan(List.of("--out=" + file("plan.json")), others), is(ExitCode.OK));
    assertThat(
        plan(List.of("--apply=" + file("plan.json")), "--report=" + file("report.json")),
        is(ExitCode.OK));
    return JSON.readTree(Files.readString(folder.resolve("report.json")));
  }

  private static void assertWithinATenth(JsonNode report, String planned, String consumed) {
    double actual = report.at(consumed).doubleValue();
    assertThat(
        report.toString(), report.at(planned).doubleValue(), closeTo(actual, TENTH * actual));
  }

  @Test
  void anImportToATableWithTwoIndexesTakesWhatWasPlanned() throws IOException {
    JsonNode report = planAndRun("import", "--input=" + file("trips.csv"));
    assertThat(report.at("/consumed/writes/table").doubleValue(), is(db.books().writeUnits()));
    assertWithinATenth(report, "/planned/figures/writeUnits", "/consumed/writes/table");
    assertWithinATenth(
        report, "/planned/indexWriteUnits/by-store", "/consumed/writes/indexes/by-store");
    assertWithinATenth(
        report, "/planned/indexWriteUnits/by-day", "/consumed/writes/indexes/by-day");
    assertWithinATenth(report, "/planned/cost/dollars", "/cost/dollars");
    assertThat(report.at("/planned/figures/items").intValue(), is(ITEMS));
    assertThat(printed.lines(), hasItem(containsString("; planned ")));
  }

  @Test
  void anExportTakesWhatWasPlanned() throws IOException {
    planAndRun("import", "--input=" + file("trips.csv"));
    JsonNode report = planAndRun("export", "--output=" + folder);
    assertWithinATenth(report, "/planned/figures/readUnits", "/consumed/reads/table");
    assertThat(report.at("/planned/figures/items").intValue(), is(ITEMS));
    assertThat(report.at("/planned/figures/outputBytes").textValue(), is("unknown"));
    // By now there is a snapshot from which it follows.
    plan(List.of("--json"), "export", "--output=" + folder);
    JsonNode again = JSON.readTree(printed.lines().get(printed.lines().size() - 1));
    long bytes = report.at("/snapshot/bytes").longValue();
    assertThat(again.at("/figures/outputBytes/low").doubleValue() < bytes, is(true));
    assertThat(again.at("/figures/outputBytes/high").doubleValue() > bytes, is(true));
  }

  @Test
  void aComparisonHasBounds() throws IOException {
    planAndRun("import", "--input=" + file("trips.csv"));
    JsonNode report = planAndRun("import", "--input=" + file("trips.csv"), "--write=CHANGED");
    assertWithinATenth(report, "/planned/figures/readUnits", "/consumed/reads/table");
    assertThat(report.at("/planned/figures/writeUnits/low").intValue(), is(0));
    // It may be that nothing is written, so the time is at least that of reading.
    assertThat(report.at("/planned/figures/seconds/low").doubleValue(), lessThan(1.0));
  }

  @Test
  void aVerificationTakesWhatWasPlanned() throws IOException {
    planAndRun("import", "--input=" + file("trips.csv"));
    for (String full : List.of("--full=false", "--full")) {
      JsonNode report = planAndRun("verify", "--input=" + file("trips.csv"), full);
      assertWithinATenth(report, "/planned/figures/readUnits/low", "/consumed/reads/table");
      assertThat(report.at("/planned/figures/readUnits/high").isNull(), is(true));
    }
  }

  @Test
  void aLookupTakesWhatWasPlannedOrThatIsUnknown() throws IOException {
    planAndRun("import", "--input=" + file("trips.csv"));
    Files.writeString(
        folder.resolve("events.json"),
        IntStream.range(0, 5 * ITEMS)
            .mapToObj(i -> "{\"trip\":\"" + i % (2 * ITEMS) + "\"}\n")
            .collect(Collectors.joining()));
    String[] lookup = {
      "lookup",
      "--input=" + file("events.json"),
      "--lookupKey=trip",
      "--where=PRESENT",
      "--output=" + file("out")
    };
    JsonNode report = planAndRun(lookup);
    assertWithinATenth(report, "/planned/figures/readUnits", "/consumed/reads/table");
    assertThat(report.at("/planned/notes/0").textValue(), startsWith("The table is read by SCAN"));
    lookup[4] = "--lookupBy=KEYS";
    plan(
        List.of("--json"),
        Stream.of(lookup, new String[] {"--dryRun"}).flatMap(Stream::of).toArray(String[]::new));
    JsonNode keys = JSON.readTree(printed.lines().get(printed.lines().size() - 1));
    assertThat(keys.at("/figures/readUnits").textValue(), is("unknown"));
  }

  @Test
  void theUnitsThatADeadlineNeeds() throws IOException {
    db.close();
    start(TableSettings.of("trips", "id:S").withProvisioned(5, 5));
    plan(List.of("--json"), "import", "--input=" + file("trips.csv"), "--deadline=10s");
    JsonNode json = JSON.readTree(printed.lines().get(printed.lines().size() - 1));
    double units = json.at("/figures/writeUnits").doubleValue();
    assertThat(json.at("/figures/neededWriteUnits").doubleValue(), closeTo(units / 10 / 0.5, 1e-6));
    assertThat(json.at("/notes").toString(), containsString("aws dynamodb update-table"));
    assertThat(json.at("/cost/dollars").doubleValue(), is(0.0));
    assertThat(db.books().writeUnits(), is(0.0));
  }

  @Test
  void aPlanIsNotRunWhenAnInputOrTheTableHasChanged() throws IOException {
    String input = "--input=" + folder + "/*.csv";
    assertThat(plan(List.of("--out=" + file("plan.json")), "import", input), is(ExitCode.OK));
    Files.writeString(folder.resolve("more.csv"), "id,store,day,text\n1000,,,\n");
    JobException more = assertThrows(JobException.class, this::apply);
    assertThat(more.getMessage(), startsWith("the plan does not hold any more"));
    assertThat(printed.errors(), hasItem(containsString("more.csv was not there")));
    Files.delete(folder.resolve("more.csv"));
    db.close();
    start(TableSettings.of("trips", "id:S").withProvisioned(7, 7));
    assertThrows(
        JobException.class,
        () ->
            plan(
                List.of("--apply=" + file("plan.json")),
                "--report=" + file("report.json"),
                "--dynamodbEndpoint=" + db.endpoint()));
    assertThat(printed.errors(), hasItem(startsWith("sluice: the capacity of trips was ")));
    assertThat(db.books().writeUnits(), is(0.0));
  }

  private void apply() {
    plan(List.of("--apply=" + file("plan.json")), "--report=" + file("report.json"));
  }

  @Test
  void aPlanOfChangesIsNotRunWhenAFileHasChanged() throws IOException {
    Path changes = folder.resolve("changes.json");
    String change = "{\"action\":\"PUT\",\"sequenceNumber\":\"1\",\"object\":{\"id\":\"%s\"}}\n";
    Files.writeString(changes, change.formatted("a"));
    String[] others = {"import", "--changes=APPLY", "--input=" + changes};
    assertThat(plan(List.of("--out=" + file("plan.json")), others), is(ExitCode.OK));
    Files.writeString(changes, change.formatted("other"));
    assertThrows(JobException.class, this::apply);
    assertThat(printed.errors(), hasItem(startsWith("sluice: " + changes + " was ")));
    assertThat(db.books().writeUnits(), is(0.0));
  }

  @Test
  void aUrlWithAPasswordIsNotInTheFileOfAPlan() throws Exception {
    Postgres shop = Postgres.database();
    shop.execute("CREATE TABLE trips (id text PRIMARY KEY)", "INSERT INTO trips VALUES ('a')");
    String url = "--jdbcUrl=" + shop.url() + "?password=hushhush";
    plan(
        List.of("--out=" + file("plan.json")),
        "import",
        "--source=JDBC",
        url,
        "--jdbcUser=" + shop.user(),
        "--jdbcTable=trips");
    assertThat(Files.readString(folder.resolve("plan.json")), not(containsString("hushhush")));
    assertThat(printed.errors(), hasItem(startsWith("sluice: --jdbcUrl may have a secret")));
    assertThat(
        plan(List.of("--apply=" + file("plan.json")), "--report=" + file("report.json"), url),
        is(ExitCode.OK));
    assertThat(db.books().itemsStored(), is(1L));
  }

  @Test
  void mistakes() throws IOException {
    assertUsage("plan needs the verb", List.of(), "--table=x");
    assertUsage("'query' cannot be planned: import, ", List.of(), "query");
    assertUsage("--sampleUnits=-1.0 must be", List.of("--sampleUnits=-1"), "export");
    assertUsage("--apply runs a plan", List.of("--apply=x", "--json"), "export");
    assertUsage("--output is missing", List.of(), "export");
    Files.writeString(folder.resolve("no.json"), "{}");
    for (String no : List.of("no.json", "trips.csv", "missing.json")) {
      JobException refused =
          assertThrows(
              JobException.class, () -> plan(List.of("--apply=" + file(no)), "--report=x"));
      assertThat(refused.getMessage(), startsWith("--apply="));
    }
  }

  private void assertUsage(String message, List<String> own, String... others) {
    UsageException refused = assertThrows(UsageException.class, () -> plan(own, others));
    assertThat(refused.problems().get(0), startsWith(message));
  }
}
