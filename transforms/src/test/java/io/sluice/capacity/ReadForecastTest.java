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
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadForecastTest {
  private static final ReadLoad GIGABYTE = new ReadLoad(1_000_000, 1L << 30, 48, false);

  private static ReadForecast provisioned(ReadLoad load, long reads) {
    return new ReadForecast(
        "trips",
        load,
        false,
        Capacity.provisioned(reads, 5),
        Budget.ofRatio(0.25),
        Prices.US_EAST_1);
  }

  private static ReadForecast onDemand(ReadLoad load, OnDemandUnits maximum, Prices prices) {
    Capacity capacity = Capacity.onDemand(OnDemandUnits.NONE, maximum, OnDemandUnits.NONE);
    return new ReadForecast("trips", load, true, capacity, Budget.ofRatio(0.25), prices);
  }

  private static List<String> lines(ReadForecast forecast) {
    return new ReadForecastText(forecast).lines();
  }

  @Test
  void aProvisionedTable() {
    ReadForecast forecast = provisioned(GIGABYTE, 1000);
    assertThat(forecast.takes(), is(Duration.ofSeconds(525)));
    assertThat(forecast.readingCost(), is(0.0));
    assertThat(
        lines(forecast),
        contains(
            "1,000,000 items were in trips when DynamoDB last counted, which it does every six"
                + " hours or so: to read them takes about 131,084 read units. The job may use 250"
                + " of 1,000 a second (provisioned; ratio 0.25).",
            "With what the job may use it takes about 8 min 45 s.",
            "The table is provisioned: its units are paid for by the hour, and the reads cost"
                + " nothing more."));
  }

  @Test
  void anOnDemandTable() {
    ReadForecast forecast = onDemand(GIGABYTE, OnDemandUnits.NONE, Prices.US_EAST_1);
    assertThat(forecast.takes(), is(Duration.ofSeconds(44)));
    assertThat(forecast.readingCost(), closeTo(0.0163855, 1e-9));
    assertThat(
        lines(forecast).get(0),
        containsString(
            "The job may use 3,000 of 12,000 a second (assumed: what a new on-demand table does;"
                + " ratio 0.25)."));
    assertThat(
        lines(forecast).subList(1, 3),
        contains(
            "With what the job may use it takes about 44 s.",
            "The table is on-demand: the reads cost about $0.02 (us-east-1 price of 2024-11-01)."));
  }

  @Test
  void lessThanACent() {
    assertThat(
        lines(onDemand(new ReadLoad(1, 1, 1, false), OnDemandUnits.NONE, Prices.US_EAST_1)).get(2),
        is(
            "The table is on-demand: the reads cost less than $0.01 (us-east-1 price of"
                + " 2024-11-01)."));
  }

  @Test
  void aPriceAsGiven() {
    assertThat(
        lines(onDemand(GIGABYTE, new OnDemandUnits(40.0, null), Prices.US_EAST_1.withReads(10.0)))
            .get(2),
        is("The table is on-demand: the reads cost about $1.31 (price as given)."));
  }

  @Test
  void whatWasNotCountedIsNotKnown() {
    ReadLoad none = new ReadLoad(0, 0, 48, false);
    assertThat(
        lines(onDemand(none, new OnDemandUnits(40.0, null), Prices.US_EAST_1)),
        contains(
            "DynamoDB has counted no items in trips, which it does every six hours or so: how long"
                + " it takes is not known. The job may use 10 of 40 a second (the table's maximum;"
                + " ratio 0.25).",
            "The table is on-demand: a million read units cost $0.125 (us-east-1 price of"
                + " 2024-11-01)."));
    assertThat(lines(provisioned(none, 40)).size(), is(2));
  }

  /** Each segment takes half a unit at least, and is rounded up. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, false, 0.5",
    "4096, 1, false, 0.75",
    "8192, 1, false, 1.25",
    "8192, 1, true, 2.5",
    "4097, 10, false, 5",
    "4096000000, 10, true, 1000005"
  })
  void units(long bytes, int segments, boolean consistent, double units) {
    assertThat(new ReadLoad(1, bytes, segments, consistent).units(), is(units));
  }

  @Test
  void oneItem() {
    assertThat(
        lines(provisioned(new ReadLoad(1, 5000, 2, false), 1)).get(0),
        is(
            "1 item was in trips when DynamoDB last counted, which it does every six hours or so:"
                + " to read them takes about 1.1 read units. The job may use 0.25 of 1 a second"
                + " (provisioned; ratio 0.25)."));
  }

  @Test
  void invalidLoadsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ReadLoad(-1, 1, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new ReadLoad(1, -1, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new ReadLoad(1, 1, 0, false));
  }
}
