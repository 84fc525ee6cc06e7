/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The billing mode of a table or of a global index.
 *
 * @param provisioned the capacity it is given; null for on-demand
 * @param maximum what it may do at most when it is on-demand; null for no such limit
 */
public record Billing(@Nullable Provisioned provisioned, @Nullable Maximum maximum)
    implements Serializable {
  public static final Billing ON_DEMAND = new Billing(null, null);

  public Billing {
    if (provisioned != null && maximum != null) {
      throw new IllegalArgumentException("provisioned capacity has no maximum");
    }
  }

  /** Billing of provisioned capacity. */
  public Billing(Provisioned provisioned) {
    this(provisioned, null);
  }

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

  /**
   * The most units a second that an on-demand table or index takes.
   *
   * @param readUnits read request units, 1 or more; null for no limit
   * @param writeUnits write request units, 1 or more; null for no limit
   */
  public record Maximum(@Nullable Long readUnits, @Nullable Long writeUnits)
      implements Serializable {
    public Maximum {
      if ((readUnits == null && writeUnits == null)
          || (readUnits != null && readUnits < 1)
          || (writeUnits != null && writeUnits < 1)) {
        throw new IllegalArgumentException(
            readUnits + "," + writeUnits + " must be request units of 1 or more");
      }
    }
  }
}
