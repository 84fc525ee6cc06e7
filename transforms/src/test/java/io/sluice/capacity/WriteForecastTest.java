/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Capacity.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteForecastTest {
  private static final WriteLoad MILLION = new WriteLoad(1_000_000, 1_000_000, Map.of());
  private static final Duration MINUTES_20 = Duration.ofMinutes(20);

  private static TableCapacity provisioned(long writes) {
    return new TableCapacity(false, Capacity.provisioned(5, writes), Map.of());
  }

  private static TableCapacity onDemand(Source reads, Source writes) {
    return new TableCapacity(true, new Capacity(12_000, 1_000, reads, writes), Map.of());
  }

  private static WriteForecast of(
      WriteLoad load, @Nullable Duration deadline, TableCapacity capacity) {
    return new WriteForecast(
        "trips", load, deadline, capacity, Budget.ofRatio(0.5), Prices.US_EAST_1);
  }

  @Test
  void notEnough() {
    WriteForecast forecast = of(MILLION, MINUTES_20, provisioned(1000));
    assertThat(forecast.isEnough(), is(false));
    assertThat(forecast.takes(), is(Duration.ofSeconds(2000)));
    assertThat(forecast.raisingCost(), closeTo(667 * 0.00065, 1e-9));
    assertThat(forecast.writingCost(), is(0.0));
    WriteForecastPart part = forecast.parts().get(0);
    assertThat(part.required(), closeTo(833.33, 0.01));
    assertThat(part.missing(), is(667L));
    assertThat(
        new WriteForecastText(forecast).lines(),
        contains(
            "1,000,000 items take 1,000,000 write units; in 20 min that is 833 a second. The job"
                + " may use 500 of 1,000 a second (provisioned; ratio 0.5): not enough, 667 units a"
                + " second are missing.",
            "With what the job may use it takes 33 min 20 s.",
            "Raising the capacity for 1 h costs $0.43 (us-east-1 price of 2024-11-01), if it is"
                + " lowered again afterwards: aws dynamodb update-table --table-name trips"
                + " --provisioned-throughput ReadCapacityUnits=5,WriteCapacityUnits=1667"));
  }

  @Test
  void enough() {
    WriteForecast forecast = of(MILLION, MINUTES_20, provisioned(1667));
    assertThat(forecast.isEnough(), is(true));
    assertThat(forecast.command(), is(Optional.empty()));
    assertThat(forecast.raisingCost(), is(0.0));
    assertThat(
        new WriteForecastText(forecast).lines(),
        contains(
            "1,000,000 items take 1,000,000 write units; in 20 min that is 833 a second. The job"
                + " may use 834 of 1,667 a second (provisioned; ratio 0.5): enough.",
            "With what the job may use it takes 20 min."));
  }

  @Test
  void withoutADeadline() {
    WriteForecast forecast =
        of(new WriteLoad(1, 1, Map.of()), null, onDemand(Source.NEW_TABLE, Source.NEW_TABLE));
    assertThat(forecast.isEnough(), is(true));
    assertThat(
        new WriteForecastText(forecast).lines(),
        contains(
            "1 item takes 1 write unit. The job may use 500 of 1,000 a second (assumed: what a new"
                + " on-demand table does; ratio 0.5).",
            "With what the job may use it takes 1 s.",
            "The writes cost less than $0.01 (us-east-1 price of 2024-11-01)."));
  }

  @Test
  void vectorIndexesAreNamedAsNotCounted() {
    TableCapacity capacity =
        new TableCapacity(
            false, Capacity.provisioned(5, 1000), Map.of(), List.of("by-meaning", "by-look"));
    List<String> lines =
        new WriteForecastText(of(new WriteLoad(1, 1, Map.of()), null, capacity)).lines();
    assertThat(
        lines.get(lines.size() - 1),
        is("Not counted: what the vector indexes by-look, by-meaning take, in time and cost."));
  }

  @Test
  void indexesToo() {
    TableCapacity capacity =
        new TableCapacity(
            false,
            Capacity.provisioned(5, 2000),
            Map.of(
                "b", Capacity.provisioned(1, 100),
                "a", Capacity.provisioned(2, 1),
                "unknown", Capacity.provisioned(1, 1)));
    WriteForecast forecast =
        of(
            new WriteLoad(1_000_000, 1_000_000, Map.of("b", 120_000.0, "a", 1200.0)),
            MINUTES_20,
            capacity);
    assertThat(forecast.takes(), is(Duration.ofMinutes(40)));
    assertThat(forecast.raisingCost(), closeTo(101 * 0.00065, 1e-9));
    assertThat(
        new WriteForecastText(forecast).lines().get(1),
        is(
            "The index a takes 1,200 write units; in 20 min that is 1 a second. The job may use 0.5"
                + " of 1 a second (provisioned; ratio 0.5): not enough, 1 unit a second is"
                + " missing."));
    assertThat(
        forecast.command(),
        is(
            Optional.of(
                "aws dynamodb update-table --table-name trips --global-secondary-index-updates"
                    + " '[{\"Update\":{\"IndexName\":\"a\",\"ProvisionedThroughput\":"
                    + "{\"ReadCapacityUnits\":2,\"WriteCapacityUnits\":2}}},"
                    + "{\"Update\":{\"IndexName\":\"b\",\"ProvisionedThroughput\":"
                    + "{\"ReadCapacityUnits\":1,\"WriteCapacityUnits\":200}}}]'")));
  }

  @Test
  void onDemandWithAMaximum() {
    WriteForecast forecast =
        of(MILLION, MINUTES_20, onDemand(Source.WARM_THROUGHPUT, Source.MAXIMUM));
    assertThat(forecast.raisingCost(), is(0.0));
    assertThat(
        new WriteForecastText(forecast).lines().subList(2, 4),
        contains(
            "Raising the maximum costs nothing by itself: aws dynamodb update-table --table-name"
                + " trips --on-demand-throughput MaxWriteRequestUnits=1667",
            "The writes cost $0.63 (us-east-1 price of 2024-11-01)."));
  }

  @Test
  void onDemandWithoutAMaximum() {
    assertThat(
        new WriteForecastText(
                of(MILLION, MINUTES_20, onDemand(Source.WARM_THROUGHPUT, Source.WARM_THROUGHPUT)))
            .lines()
            .get(2),
        is(
            "Warming takes some time, and DynamoDB charges for it once: aws dynamodb update-table"
                + " --table-name trips --warm-throughput"
                + " ReadUnitsPerSecond=12000,WriteUnitsPerSecond=1667"));
    assertThat(
        "reads that are not the warm ones might be too few",
        of(MILLION, MINUTES_20, onDemand(Source.OPTION, Source.NEW_TABLE)).command().orElseThrow(),
        containsString("--warm-throughput WriteUnitsPerSecond=1667"));
  }

  @Test
  void nothingToWrite() {
    WriteForecast forecast = of(new WriteLoad(0, 0, Map.of()), MINUTES_20, provisioned(1));
    assertThat(forecast.takes(), is(Duration.ZERO));
    assertThat(
        new WriteForecastText(forecast).lines().get(0),
        is(
            "0 items take 0 write units; in 20 min that is 0 a second. The job may use 0.5 of 1 a"
                + " second (provisioned; ratio 0.5): enough."));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3600, 1", "3601, 2", "7200, 2"})
  void begunHours(long seconds, long hours) {
    assertThat(of(MILLION, Duration.ofSeconds(seconds), provisioned(1)).hours(), is(hours));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "59, 59 s",
    "60, 1 min",
    "3599, 59 min 59 s",
    "3600, 1 h",
    "3601, 1 h 1 min",
    "86399, 24 h",
    "86400, 1 d",
    "90001, 1 d 2 h"
  })
  void times(long seconds, String text) {
    assertThat(ForecastFormat.time(Duration.ofSeconds(seconds)), is(text));
  }

  @Test
  void invalidForecastsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> of(MILLION, Duration.ZERO, provisioned(1)));
    assertThrows(IllegalArgumentException.class, () -> new WriteLoad(1, -1, Map.of()));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> of(new WriteLoad(1, 1, Map.of("gone", 1.0)), MINUTES_20, provisioned(1)));
    assertThat(e.getMessage(), containsString("'gone'"));
  }

  /** Adding the missing capacity is enough, and adding one unit less is not. */
  @Property(tries = 500)
  void missingIsExact(
      @ForAll @IntRange(min = 1, max = 2_000_000_000) int units,
      @ForAll @IntRange(min = 1, max = 40_000) int capacity,
      @ForAll @IntRange(min = 1, max = 200_000) int seconds,
      @ForAll @DoubleRange(min = 0.1, max = 1.5) double ratio) {
    Duration deadline = Duration.ofSeconds(seconds);
    Budget budget = Budget.ofRatio(ratio);
    WriteLoad load = new WriteLoad(units, units, Map.of());
    WriteForecast now =
        new WriteForecast("t", load, deadline, provisioned(capacity), budget, Prices.US_EAST_1);
    long missing = now.parts().get(0).missing();
    WriteForecast raised =
        new WriteForecast(
            "t", load, deadline, provisioned(capacity + missing), budget, now.prices());
    assertThat(raised.isEnough(), is(true));
    assertThat(raised.takes(), lessThanOrEqualTo(deadline.plusSeconds(1)));
    if (missing > 0) {
      assertThat(now.takes(), greaterThan(deadline));
      TableCapacity less = provisioned(capacity + missing - 1);
      assertThat(
          new WriteForecast("t", load, deadline, less, budget, now.prices()).isEnough(), is(false));
    }
  }
}
