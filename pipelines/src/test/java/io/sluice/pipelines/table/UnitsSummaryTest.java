/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;

import io.sluice.capacity.Capacity;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.Prices;
import io.sluice.capacity.TableCapacity;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.plan.JobPlan;
import io.sluice.plan.JobPlan.Figure;
import io.sluice.plan.JobPlanJson;
import io.sluice.report.ConsumedUnits;
import io.sluice.report.Consumption;
import io.sluice.report.JobCost;
import io.sluice.report.JobReport;
import io.sluice.report.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A scan of a table on demand. */
class UnitsSummaryTest {
  private static final double UNITS = 2_000_000;

  private static Charges read(Estimate units) {
    return Charges.at(Prices.US_EAST_1)
        .units(
            new TableCapacity(
                true,
                Capacity.onDemand(OnDemandUnits.NONE, OnDemandUnits.NONE, OnDemandUnits.NONE),
                Map.of()),
            units,
            Estimate.ZERO);
  }

  private static List<String> lines(Estimate planned) {
    JobPlan plan =
        new JobPlan(
            "export",
            "trips -> /tmp",
            Map.of(Figure.READ_UNITS, planned),
            Map.of(),
            read(planned).storage(Estimate.UNKNOWN).runner(Estimate.exactly(3_600), 7).bill(),
            List.of());
    return new UnitsSummary(
            new JobReport(
                Map.of(),
                Tally.of(Consumption.ofReads(ConsumedUnits.ofTable(UNITS))),
                Map.of(
                    JobCost.NAME,
                    JobPlanJson.of(read(Estimate.exactly(UNITS)).bill()).toString(),
                    JobCost.PLANNED,
                    JobPlanJson.of(plan).toString())))
        .lines();
  }

  /** What stays in S3, and the machine that runs it, are in the bill of the plan only. */
  @Test
  void theCostOfUnitsIsBesideThatOfPlannedUnits() {
    String prices = Prices.US_EAST_1.text();
    assertThat(
        lines(Estimate.exactly(1_000_000)),
        contains(
            "consumed       2,000,000  read units; planned 1,000,000",
            "cost               $0.25  " + prices + "; planned $0.13"));
    assertThat(
        lines(Estimate.between(1_000_000, UNITS)),
        contains(
            "consumed       2,000,000  read units; planned 1,000,000 to 2,000,000",
            "cost               $0.25  " + prices + "; planned $0.13 to $0.25"));
    assertThat(
        lines(Estimate.atLeast(1_000_000)),
        contains(
            "consumed       2,000,000  read units; planned at least 1,000,000",
            "cost               $0.25  " + prices + "; planned at least $0.13"));
    assertThat(
        lines(Estimate.UNKNOWN),
        contains(
            "consumed       2,000,000  read units; planned unknown",
            "cost               $0.25  " + prices + "; planned unknown"));
  }
}
