/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * The forecast for the table or for one of its global indexes.
 *
 * @param index the index's name; {@link Throttle#TABLE} for the table
 * @param units write units in all
 * @param capacity the capacity of the table or index
 * @param allowed write units a second that the job may use
 * @param required write units a second to meet the deadline; 0 without one
 * @param missing whole write units a second to add to the capacity to meet the deadline; 0 when it
 *     is enough
 */
public record WriteForecastPart(
    String index, double units, Capacity capacity, double allowed, double required, long missing) {

  /** Whether these are the writes of the table itself. */
  public boolean isTable() {
    return index.equals(Throttle.TABLE);
  }

  /** Returns the write units a second to which the capacity has to be raised. */
  public long raisedWrites() {
    return (long) Math.ceil(capacity.writeUnits()) + missing;
  }
}
