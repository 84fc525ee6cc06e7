/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

/**
 * A line of a bill.
 *
 * @param what is paid for
 * @param amount how much of it
 * @param unit of the amount, in the plural
 * @param price in dollars of so many units, 0 or more
 * @param per how many units that price is for, above 0
 */
public record Charge(String what, Estimate amount, String unit, double price, double per) {
  public Charge {
    if (!(price >= 0 && per > 0)) {
      throw new IllegalArgumentException(
          "price " + price + " must be 0 or more, per " + per + " above 0");
    }
  }

  /** Returns the same line for another amount. */
  Charge of(Estimate other) {
    return new Charge(what, other, unit, price, per);
  }

  /** Returns the dollars. */
  public Estimate dollars() {
    return amount.times(price / per);
  }
}
