/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.math.BigDecimal;
import java.util.List;

/**
 * Compares, for people, the price of an export to S3 that DynamoDB makes with that of a scan.
 *
 * @param scan the forecast of the scan
 */
public record ExportForecastText(ReadForecast scan) {
  private static final double GB = 1 << 30;

  /** Returns the comparison with an export that is there already, as one line. */
  public static String ofOneThatIsThere() {
    return "The export is there already: to read it takes no read units and costs nothing at"
        + " DynamoDB, so it is cheaper than a scan.";
  }

  /** Returns the comparison as lines. */
  public List<String> lines() {
    Prices prices = scan.prices();
    String each =
        "An export to S3 by DynamoDB takes no read units and shows the table at one point in time;"
            + " it needs point-in-time recovery, which is paid for by the month. It costs $"
            + BigDecimal.valueOf(prices.exportedGb()).toPlainString()
            + " for each GB of the table";
    if (!scan.load().isKnown()) {
      return List.of(each + " (" + prices.text() + ").", "Which is cheaper is not known.");
    }
    double cost = prices.ofExport(scan.load().bytes() / GB);
    return List.of(
        each + ": " + ForecastFormat.aboutDollars(cost) + " (" + prices.text() + ").",
        cheaper(cost));
  }

  private String cheaper(double cost) {
    if (!scan.onDemand()) {
      return "The scan is cheaper: its units are paid for by the hour anyway.";
    }
    double difference = cost - scan.readingCost();
    return difference > 0
        ? "The scan is cheaper, by " + ForecastFormat.aboutDollars(difference) + "."
        : "The export is cheaper, by " + ForecastFormat.aboutDollars(-difference) + ".";
  }
}
