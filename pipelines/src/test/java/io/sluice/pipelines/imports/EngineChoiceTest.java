/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.planning.PlanSettings;
import io.sluice.plan.Alternative;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlanText;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine a plan says to take. */
class EngineChoiceTest {
  private static final int ITEMS = 600;

  @TempDir Path folder;

  private EmbeddedDynamoDb db;

  @AfterEach
  void close() {
    if (db != null) {
      db.close();
    }
  }

  private JobPlan plan(TableSettings table, String... more) throws IOException {
    db = EmbeddedDynamoDb.start(EndpointSettings.of(table));
    Path input =
        Files.writeString(
            folder.resolve("trips.csv"),
            IntStream.range(0, ITEMS)
                .mapToObj(i -> "t" + i)
                .collect(Collectors.joining("\n", "id\n", "\n")));
    List<String> arguments = new ArrayList<>(List.of("--input=" + input));
    arguments.addAll(List.of(more));
    ImportOptions options =
        OneWorker.options(ImportOptions.class, arguments.toArray(String[]::new));
    options.setLocal(true);
    options.setDynamodbEndpoint(db.endpoint().toString());
    if (options.getTable() == null) {
      options.setTable("trips");
    }
    return ImportEstimate.of(options, new PlanSettings(0, null), Printed.unread()).plan();
  }

  private static String last(JobPlan plan) {
    return plan.notes().get(plan.notes().size() - 1);
  }

  @Test
  void aNewTableCanBeWrittenOrImported() throws IOException {
    JobPlan plan =
        plan(
            TableSettings.of("other", "id:S"),
            "--table=trips",
            "--createTable=ON_DEMAND",
            "--partitionKey=id:S",
            "--onDemandWriteUnits=100");
    assertThat(
        plan.alternatives().stream().map(Alternative::how).toList(),
        contains("--writeEngine=async", "--writeEngine=importTable"));
    Alternative async = plan.alternatives().get(0);
    assertThat(async.seconds(), is(Estimate.atLeast(12)));
    assertThat(async.dollars(), is(Estimate.exactly(ITEMS * 0.625 / 1e6)));
    Alternative imported = plan.alternatives().get(1);
    assertThat(imported.seconds(), is(Estimate.UNKNOWN));
    // {"Item":{"id":{"S":"t7"}}} and a newline, which is 26 and the digits: 10, 90 and 500 have 1,
    // 2 and 3.
    long bytes = ITEMS * 26L + 10 + 2 * 90 + 3 * 500;
    assertThat(imported.dollars(), is(Estimate.exactly(bytes / (double) (1 << 30) * 0.15)));
    assertThat(
        last(plan),
        is(
            "The least money, as far as prices are known: --writeEngine=importTable, $0.0000024."
                + " Nobody promises a time of those whose time is unknown."));
    assertThat(
        new JobPlanText(plan).lines(),
        hasItems(
            "  alternatives    --writeEngine=async: time at least 12 s, cost $0.00038",
            "                  --writeEngine=importTable: time unknown, cost $0.0000024"));
  }

  @Test
  void withADeadlineOnlyWhatIsKnownCounts() throws IOException {
    JobPlan plan =
        plan(
            TableSettings.of("other", "id:S"),
            "--table=trips",
            "--createTable=ON_DEMAND",
            "--partitionKey=id:S",
            "--onDemandWriteUnits=100",
            "--deadline=20s");
    assertThat(
        last(plan),
        is(
            "The least money, of what can meet the deadline: --writeEngine=async, $0.00038."
                + " Nobody promises a time of those whose time is unknown."));
  }

  @Test
  void aTableThatIsTooSlowCanBeRaised() throws IOException {
    JobPlan plan =
        plan(TableSettings.of("trips", "id:S").withProvisioned(10, 10), "--deadline=60s");
    assertThat(
        plan.alternatives().stream().map(Alternative::how).toList(),
        contains("--writeEngine=async", "--writeEngine=bulk", "--raiseCapacity=DEADLINE"));
    assertThat(plan.alternatives().get(0).seconds(), is(Estimate.atLeast(120)));
    assertThat(plan.alternatives().get(1).seconds(), is(Estimate.UNKNOWN));
    assertThat(plan.alternatives().get(1).dollars(), is(Estimate.UNKNOWN));
    // 600 units in 60 s at a half are 20 a second, and 10 are there.
    assertThat(plan.alternatives().get(2).dollars(), is(Estimate.exactly(10 * 0.00065)));
    assertThat(
        last(plan),
        is(
            "The least money, of what can meet the deadline: --raiseCapacity=DEADLINE, $0.0065."
                + " Nobody promises a time of those whose time is unknown."));
  }

  @Test
  void nothingIsPromisedWhereNothingIsKnown() {
    Alternative slow =
        new Alternative("--writeEngine=async", Estimate.atLeast(61), Estimate.exactly(1));
    Alternative unknown = new Alternative("--writeEngine=bulk", Estimate.UNKNOWN, Estimate.UNKNOWN);
    assertThat(
        EngineChoice.verdict(List.of(slow, unknown), Duration.ofMinutes(1)),
        is(
            Optional.of(
                "None is known to meet the deadline. Nobody promises a time of those whose time is"
                    + " unknown.")));
    assertThat(EngineChoice.verdict(List.of(), null), is(Optional.empty()));
  }
}
