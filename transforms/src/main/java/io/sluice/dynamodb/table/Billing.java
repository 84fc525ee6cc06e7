/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The billing mode of a new table.
 *
 * @param provisioned the capacity it is given; null for on-demand
 */
public record Billing(@Nullable Provisioned provisioned) implements Serializable {
  public static final Billing ON_DEMAND = new Billing(null);

  /** Reads {@code ON_DEMAND}, or read and write capacity units as {@code rcu,wcu}. */
  public static Billing parse(String text) {
    if (text.equalsIgnoreCase("ON_DEMAND")) {
      return ON_DEMAND;
    }
    String[] units = text.split(",", -1);
    try {
      if (units.length == 2) {
        return new Billing(
            new Provisioned(Long.parseLong(units[0].strip()), Long.parseLong(units[1].strip())));
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new IllegalArgumentException(
        "'" + text + "' must be ON_DEMAND, or read and write capacity units such as 5,500");
  }

  /**
   * Provisioned capacity.
   *
   * @param readUnits read capacity units a second, 1 or more
   * @param writeUnits write capacity units a second, 1 or more
   */
  public record Provisioned(long readUnits, long writeUnits) implements Serializable {
    public Provisioned {
      if (readUnits < 1 || writeUnits < 1) {
        throw new IllegalArgumentException(
            readUnits + "," + writeUnits + " must be capacity units of 1 or more");
      }
    }
  }
}
