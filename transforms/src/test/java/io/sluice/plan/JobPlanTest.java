/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.capacity.Capacity;
import io.sluice.capacity.OnDemandUnits;
import io.sluice.capacity.Prices;
import io.sluice.capacity.TableCapacity;
import io.sluice.plan.JobPlan.Figure;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobPlanTest {
  private static final TableCapacity ON_DEMAND =
      new TableCapacity(
          true,
          Capacity.onDemand(OnDemandUnits.NONE, OnDemandUnits.NONE, OnDemandUnits.NONE),
          Map.of());

  private static JobPlan plan() {
    Map<Figure, Estimate> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.ITEMS, Estimate.between(90, 110));
    figures.put(Figure.WRITE_UNITS, Estimate.exactly(2_000_000));
    figures.put(Figure.OUTPUT_BYTES, Estimate.UNKNOWN);
    figures.put(Figure.SECONDS, Estimate.atLeast(3_600));
    Bill bill =
        Charges.at(Prices.US_EAST_1)
            .units(ON_DEMAND, Estimate.ZERO, Estimate.exactly(3_000_000))
            .storage(Estimate.UNKNOWN)
            .runner(Estimate.atLeast(3_600), 0.5)
            .bill();
    return new JobPlan(
        "import",
        "a -> b",
        figures,
        Map.of("by-day", Estimate.exactly(1_000_000)),
        bill,
        List.of("A note."));
  }

  @Test
  void asText() {
    assertThat(
        new JobPlanText(plan()).lines(),
        contains(
            "a -> b",
            "  items           90 to 110",
            "  write units     2,000,000",
            "                  1,000,000 of by-day",
            "  output bytes    unknown",
            "  time            at least 1 h",
            "  cost            at least $2.38",
            "                  write units: 3,000,000 units, $1.88",
            "                  S3 storage, a month: unknown GB, unknown",
            "                  runner: at least 1 hours, at least $0.50",
            "                  prices: us-east-1 price of 2024-11-01",
            "A note."));
  }

  @Test
  void asJson() {
    JsonNode json = JobPlanJson.of(plan());
    assertThat(json.at("/figures/items").toString(), is("{\"low\":90,\"high\":110}"));
    assertThat(json.at("/figures/writeUnits").longValue(), is(2_000_000L));
    assertThat(json.at("/figures/outputBytes").textValue(), is("unknown"));
    assertThat(json.at("/figures/seconds").toString(), is("{\"low\":3600,\"high\":null}"));
    assertThat(json.at("/cost/lines/0/dollars").doubleValue(), closeTo(1.875, 1e-9));
    assertThat(json.at("/indexWriteUnits/by-day").longValue(), is(1_000_000L));
  }

  @Test
  void aProvisionedTableCostsNothingMore() {
    TableCapacity provisioned = new TableCapacity(false, Capacity.provisioned(5, 5), Map.of());
    Bill bill =
        Charges.at(Prices.US_EAST_1)
            .units(provisioned, Estimate.exactly(10), Estimate.exactly(20))
            .bill();
    assertThat(bill.dollars(), is(Estimate.ZERO));
    assertThat(bill.charges().size(), is(2));
  }

  @Test
  void aFileOfPricesHasAllOfThem() {
    byte[] json = "{\"region\":\"x\",\"since\":\"2026-01-31\"}".getBytes(StandardCharsets.UTF_8);
    Exception missing = assertThrows(IllegalArgumentException.class, () -> Prices.parse(json));
    assertThat(missing.getMessage(), containsString("readUnitHour"));
    for (String wrong : List.of("[]", "nothing", "{\"region\":1}")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Prices.parse(wrong.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
