/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import java.io.Serializable;

/**
 * The capacity units that a job consumed.
 *
 * @param reads by requests that read
 * @param writes by requests that put and delete
 */
public record Consumption(ConsumedUnits reads, ConsumedUnits writes) implements Serializable {
  /** No requests. */
  public static final Consumption NONE = new Consumption(ConsumedUnits.NONE, ConsumedUnits.NONE);

  /** Returns the consumption of requests that read. */
  public static Consumption ofReads(ConsumedUnits reads) {
    return new Consumption(reads, ConsumedUnits.NONE);
  }

  /** Returns the consumption of requests that put and delete. */
  public static Consumption ofWrites(ConsumedUnits writes) {
    return new Consumption(ConsumedUnits.NONE, writes);
  }

  /** Whether there were no requests, or none whose units are known. */
  public boolean isNone() {
    return equals(NONE);
  }

  Consumption plus(Consumption other) {
    if (isNone() || other.isNone()) {
      return isNone() ? other : this;
    }
    return new Consumption(reads.plus(other.reads), writes.plus(other.writes));
  }
}
