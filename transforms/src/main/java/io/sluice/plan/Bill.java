/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a job costs.
 *
 * @param pricesOf the region and date of the prices
 */
public record Bill(List<Charge> charges, String pricesOf) {
  public Bill {
    charges = List.copyOf(charges);
  }

  /**
   * Adds up bills, line by line. Prices of several regions are all named.
   *
   * @param isAll whether they are all that is paid for; otherwise each line is at least that
   */
  public static Bill sum(List<Bill> bills, boolean isAll) {
    Map<Charge, Estimate> amounts = new LinkedHashMap<>();
    for (Bill bill : bills) {
      for (Charge charge : bill.charges) {
        amounts.merge(charge.of(Estimate.ZERO), charge.amount(), Estimate::plusAsFarAsKnown);
      }
    }
    List<Charge> lines = new ArrayList<>();
    amounts.forEach(
        (line, amount) ->
            lines.add(line.of(isAll ? amount : amount.plusAsFarAsKnown(Estimate.UNKNOWN))));
    return new Bill(
        lines, bills.stream().map(Bill::pricesOf).distinct().collect(Collectors.joining(" and ")));
  }

  /** Returns the dollars of all lines; without an upper bound if a line is unknown. */
  public Estimate dollars() {
    return charges.stream().map(Charge::dollars).reduce(Estimate.ZERO, Estimate::plusAsFarAsKnown);
  }
}
