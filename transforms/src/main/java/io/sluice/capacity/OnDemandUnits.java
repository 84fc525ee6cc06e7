/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What an on-demand table can do a second, as somebody says: a person by an option, or DynamoDB.
 *
 * @param reads read units a second, above 0; null when nothing is said
 * @param writes write units a second, above 0; null when nothing is said
 */
public record OnDemandUnits(@Nullable Double reads, @Nullable Double writes)
    implements Serializable {

  /** Nothing is said. */
  public static final OnDemandUnits NONE = new OnDemandUnits(null, null);

  public OnDemandUnits {
    check("reads", reads);
    check("writes", writes);
  }

  /** As DynamoDB reports it: null, or a figure below 1 (it has -1), where there is none. */
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
