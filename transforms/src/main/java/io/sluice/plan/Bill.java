/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import java.util.List;

/**
 * What a job costs.
 *
 * @param pricesOf the region and date of the prices
 */
public record Bill(List<Charge> charges, String pricesOf) {
  public Bill {
    charges = List.copyOf(charges);
  }

  /** Returns the dollars of all lines; without an upper bound if a line is unknown. */
  public Estimate dollars() {
    return charges.stream()
        .map(charge -> charge.dollars().isKnown() ? charge.dollars() : Estimate.atLeast(0))
        .reduce(Estimate.ZERO, Estimate::plus);
  }
}
