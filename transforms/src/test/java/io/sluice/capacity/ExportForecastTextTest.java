/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class ExportForecastTextTest {
  private static final long GB = 1 << 30;

  private static String text(long bytes, boolean onDemand, Prices prices) {
    ReadLoad load = new ReadLoad(bytes / 1_000, bytes, 1, false);
    Capacity capacity = Capacity.provisioned(1_000, 5);
    return String.join(
        "\n",
        new ExportForecastText(
                new ReadForecast("trips", load, onDemand, capacity, Budget.ofRatio(0.25), prices))
            .lines());
  }

  /** A GB is 131,072 units of an eventually consistent scan, $0.125 for a million. */
  @Test
  void theScanOfAnOnDemandTableIsCheaperAtTheListPrices() {
    String text = text(100 * GB, true, Prices.US_EAST_1);
    assertThat(text, containsString("It costs $0.1 for each GB of the table: about $10.00"));
    assertThat(text, containsString("The scan is cheaper, by about $8.36."));
  }

  @Test
  void otherPricesMayTurnItRound() {
    assertThat(
        text(100 * GB, true, Prices.US_EAST_1.withExports(0.01)),
        containsString("The export is cheaper, by about $0.64."));
  }

  @Test
  void unitsThatArePaidForAnyway() {
    assertThat(
        text(100 * GB, false, Prices.US_EAST_1),
        containsString("The scan is cheaper: its units are paid for by the hour anyway."));
  }

  @Test
  void aTableThatWasNotCounted() {
    assertThat(
        text(0, true, Prices.US_EAST_1).endsWith("Which is cheaper is not known."), is(true));
  }
}
