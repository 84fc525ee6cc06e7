/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.capacity.ForecastFormat;
import io.sluice.capacity.Prices;
import io.sluice.plan.Bill;
import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.survey.SurveySection;
import java.util.List;

/**
 * What it takes to have DynamoDB load items.
 *
 * @param survey of the items
 */
record LoadForecast(SurveySection survey, Prices prices) {

  /** Says it for people, a sentence each. */
  List<String> lines(String staging) {
    return List.of(
        "%s items would be staged in %s, as %s bytes of DynamoDB JSON before compression."
            .formatted(
                ForecastFormat.number(survey.items()),
                staging,
                ForecastFormat.number(survey.jsonBytes())),
        "DynamoDB imports them for about %s (%s), and takes no write units."
            .formatted(ForecastFormat.smallDollars(bill().dollars().low()), prices.text()),
        "How long it takes is unknown: nobody promises that.");
  }

  /** Returns what AWS charges for it. */
  Bill bill() {
    return Charges.at(prices).imported(Estimate.exactly(survey.jsonBytes())).bill();
  }
}
