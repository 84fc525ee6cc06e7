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
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Budget;
import io.sluice.capacity.Capacity;
import io.sluice.capacity.Prices;
import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.capacity.WriteForecast;
import io.sluice.capacity.WriteLoad;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class RaisePlanTest {
  private static final TableCapacity CAPACITY =
      new TableCapacity(
          false,
          Capacity.provisioned(5, 5),
          Map.of(
              "by-day", Capacity.provisioned(5, 5),
              "by-hour", Capacity.provisioned(5, 500),
              "empty", Capacity.provisioned(5, 5)));

  private static ImportOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(
            Stream.concat(Stream.of("--input=a.csv", "--table=trips"), Stream.of(arguments))
                .toArray(String[]::new))
        .as(ImportOptions.class);
  }

  private static RaisePlan plan(String... arguments) {
    OptionErrors problems = new OptionErrors();
    RaisePlan plan = RaisePlan.of(options(arguments), problems);
    problems.throwIfAny();
    return plan;
  }

  private static List<String> problems(String... arguments) {
    return assertThrows(UsageException.class, () -> ImportPlan.of(options(arguments))).problems();
  }

  private static WriteForecast forecast() {
    return new WriteForecast(
        "trips",
        new WriteLoad(1, 1_000, Map.of("by-day", 2_000.0, "by-hour", 500.0, "empty", 0.0)),
        Duration.ofSeconds(10),
        CAPACITY,
        Budget.ofRatio(0.5),
        Prices.US_EAST_1);
  }

  @Test
  void aRunHasANameOfItsOwnUnlessItIsGivenOne() {
    assertThat(plan("--raiseCapacity=5", "--raisedBy=a-1").run(), is("a-1"));
    assertThat(plan("--raiseCapacity=5").run(), is(not(plan("--raiseCapacity=5").run())));
    assertThat(
        problems("--raiseCapacity=5", "--raisedBy=a b"),
        contains("--raisedBy must be of letters, digits and '-', 50 at most"));
    assertThat(problems("--raisedBy=a"), contains("--raisedBy goes with --raiseCapacity"));
  }

  @Test
  void mistakesAreTold() {
    String must = "--raiseCapacity: '%s' must be write units such as 5000, DEADLINE or RESTORE";
    assertThat(problems("--raiseCapacity=5k"), contains(must.formatted("5k")));
    assertThat(problems("--raiseCapacity=0"), contains(must.formatted("0")));
    assertThat(
        problems("--raiseCapacity=DEADLINE"),
        contains("--raiseCapacity=DEADLINE needs --deadline, such as --deadline=20m"));
    assertThat(
        problems("--raiseCapacity=50", "--dryRun"),
        contains("--raiseCapacity does not go with --dryRun, which writes nothing"));
    assertThat(
        problems("--raiseCapacity=RESTORE"),
        contains(
            "--raiseCapacity: RESTORE is no import: it has no plan, and goes with the verb import"
                + " only"));
  }

  @Test
  void aDeadlineRaisesToWhatIsNeeded() {
    assertThat(
        plan("--raiseCapacity=deadline", "--deadline=20m").wanted(CAPACITY, forecast()),
        is(Map.of(Throttle.TABLE, 200L, "by-day", 400L, "by-hour", 100L)));
  }

  @Test
  void aNumberIsOfTheTableAndInProportionOfItsIndexes() {
    RaisePlan plan = plan("--raiseCapacity=5000");
    assertThat(
        plan.wanted(CAPACITY, forecast()),
        is(Map.of(Throttle.TABLE, 5_000L, "by-day", 10_000L, "by-hour", 2_500L)));
    assertThat(
        plan.wanted(CAPACITY, null),
        is(Map.of(Throttle.TABLE, 5_000L, "by-day", 5_000L, "by-hour", 5_000L, "empty", 5_000L)));
  }
}
