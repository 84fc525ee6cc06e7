/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Units a second of an on-demand table, as given by an option or reported by DynamoDB.
 *
 * @param reads read units a second, above 0; null if not given
 * @param writes write units a second, above 0; null if not given
 */
public record OnDemandUnits(@Nullable Double reads, @Nullable Double writes)
    implements Serializable {

  /** No figures are given. */
  public static final OnDemandUnits NONE = new OnDemandUnits(null, null);

  public OnDemandUnits {
    check("reads", reads);
    check("writes", writes);
  }

  /**
   * Converts figures as DynamoDB reports them: null or a figure below 1 (it uses -1) means none.
   */
  public static OnDemandUnits reported(@Nullable Long reads, @Nullable Long writes) {
    return new OnDemandUnits(orNull(reads), orNull(writes));
  }

  private static @Nullable Double orNull(@Nullable Long units) {
    return units == null || units < 1 ? null : Double.valueOf(units);
  }

  private static void check(String name, @Nullable Double units) {
    if (units != null && !(units > 0 && Double.isFinite(units))) {
      throw new IllegalArgumentException(
          name + " " + units + " must be units a second, a number above 0");
    }
  }
}
