/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.bulk.LoadOperation;
import io.sluice.capacity.ForecastFormat;
import io.sluice.capacity.Prices;
import io.sluice.plan.Bill;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.survey.SurveySection;
import java.time.Duration;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What it takes to have DynamoDB load items.
 *
 * @param operation of DynamoDB
 * @param maxWriteUnits the most write units a second of a bulk put; null for any
 * @param survey of the items
 */
record LoadForecast(
    LoadOperation operation, @Nullable Long maxWriteUnits, SurveySection survey, Prices prices) {

  /** Says that a bulk put has a price that we do not know. */
  static final String UNPRICED =
      "DynamoDB charges for a bulk put by its bytes; that price is not among those known here.";

  /** Returns what a load takes that is planned. */
  static LoadForecast of(LoadPlan plan, SurveySection survey, Prices prices) {
    return new LoadForecast(plan.operation(), plan.maxWriteUnits(), survey, prices);
  }

  /** Returns what it costs, of which nothing may be known. */
  Estimate dollars() {
    return operation == LoadOperation.BULK_PUT ? Estimate.UNKNOWN : bill().dollars();
  }

  /** Says it for people, a sentence each. */
  List<String> lines(String staging) {
    return List.of(
        "%s items would be staged in %s, as %s bytes of DynamoDB JSON before compression."
            .formatted(
                ForecastFormat.number(survey.items()),
                staging,
                ForecastFormat.number(survey.jsonBytes())),
        operation == LoadOperation.IMPORT_TABLE
            ? "DynamoDB imports them for about %s (%s), and takes no write units."
                .formatted(ForecastFormat.smallDollars(bill().dollars().low()), prices.text())
            : UNPRICED,
        seconds().isKnown()
            ? "DynamoDB takes at least "
                + ForecastFormat.time(Duration.ofSeconds((long) Math.ceil(seconds().low())))
                + " at the write units that --bulkWriteUnits allows."
            : "How long it takes is unknown: nobody promises that.");
  }

  /** Returns how long it takes: at least what a bound of the units allows. */
  Estimate seconds() {
    return maxWriteUnits == null
        ? Estimate.UNKNOWN
        : Estimate.atLeast(survey.writeUnits().table() / (double) maxWriteUnits);
  }

  /** Returns what AWS charges for it, as far as its price is known. */
  Bill bill() {
    return operation == LoadOperation.BULK_PUT
        ? Charges.at(prices).bill()
        : Charges.at(prices).imported(Estimate.exactly(survey.jsonBytes())).bill();
  }
}
