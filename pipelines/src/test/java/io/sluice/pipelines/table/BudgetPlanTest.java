/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Budget;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.Prices;
import io.sluice.pipelines.cli.OptionErrors;
import io.sluice.pipelines.cli.UsageException;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetPlanTest {

  private static BudgetPlan plan(String... arguments) {
    OptionErrors problems = new OptionErrors();
    BudgetPlan plan = BudgetPlan.of(options(arguments), problems);
    problems.throwIfAny();
    return plan;
  }

  private static BudgetOptions options(String... arguments) {
    return PipelineOptionsFactory.fromArgs(arguments).as(BudgetOptions.class);
  }

  private static List<String> problems(String... arguments) {
    return assertThrows(UsageException.class, () -> plan(arguments)).problems();
  }

  @Test
  void nothingGivenIsHalfOfTheTableForNoMatterHowLong() {
    assertThat(
        plan(),
        is(new BudgetPlan(Budget.ofRatio(0.5), OnDemandUnits.NONE, null, null, Prices.US_EAST_1)));
  }

  @Test
  void whatIsGivenIsTaken() {
    assertThat(
        plan(
            "--writeRatio=1.5",
            "--workers=8",
            "--onDemandWriteUnits=40000",
            "--deadline=1h30m",
            "--terminateAfter=90s",
            "--writeUnitHourPrice=0.001",
            "--millionWritesPrice=0"),
        is(
            new BudgetPlan(
                Budget.ofRatio(1.5).withWorkers(8),
                new OnDemandUnits(null, 40_000.0),
                Duration.ofMinutes(90),
                Duration.ofSeconds(90),
                Prices.US_EAST_1.withWrites(0.001, 0.0))));
  }

  @Test
  void theEmbeddedDynamoDbHasNoLimitUnlessOneIsGiven() {
    assertThat(plan("--local").onDemand(), is(new OnDemandUnits(null, 100_000.0)));
    assertThat(
        plan("--local", "--onDemandWriteUnits=50").onDemand(), is(new OnDemandUnits(null, 50.0)));
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(
        problems(
            "--writeRatio=0.05",
            "--workers=0",
            "--onDemandWriteUnits=0.5",
            "--deadline=soon",
            "--terminateAfter=0s",
            "--writeUnitHourPrice=-0.1"),
        contains(
            "--writeRatio=0.05 must be 0.1 to 1.5",
            "--workers=0 must be 1 or more",
            "--onDemandWriteUnits=0.5 must be 1 or more",
            "--deadline: 'soon' must be a time such as 90s, 20m or 1h30m",
            "--terminateAfter: '0s' must be more than no time",
            "--writeUnitHourPrice=-0.1 must be dollars, 0 or more"));
  }

  @Test
  void bothPricesThatAreWrongAreTold() {
    assertThat(
        problems("--writeUnitHourPrice=Infinity", "--millionWritesPrice=NaN"),
        contains(
            "--writeUnitHourPrice=Infinity must be dollars, 0 or more",
            "--millionWritesPrice=NaN must be dollars, 0 or more"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-1", "0", "0.099", "1.501"})
  void aRatioIsNoOtherNumber(String ratio) {
    assertThat(
        problems("--writeRatio=" + ratio),
        contains("--writeRatio=" + Double.valueOf(ratio) + " must be 0.1 to 1.5"));
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "20m, 1200", "1h30m, 5400", "2h5s, 7205", "1h1m1s, 3661", "100h, 360000"})
  void aTimeIsHoursMinutesAndSeconds(String text, long seconds) {
    assertThat(plan("--deadline=" + text).deadline(), is(Duration.ofSeconds(seconds)));
    assertThat(plan("--terminateAfter=" + text).terminateAfter(), is(Duration.ofSeconds(seconds)));
  }

  /** Also refuses times with which arithmetic would overflow. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "20",
        "m",
        "1.5h",
        "-1m",
        "30m1h",
        "1h 30m",
        "1H",
        "1d",
        "PT1H",
        "\u0661h",
        "9223372036854775807s",
        "99999999999999999999h"
      })
  void anythingElseIsNoTime(String text) {
    assertThat(
        problems("--deadline=" + text),
        contains("--deadline: '" + text + "' must be a time such as 90s, 20m or 1h30m"));
  }
}
