/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

/**
 * The writes of the table or of one of its global indexes.
 *
 * @param index the index's name; {@link Throttle#TABLE} for the table
 * @param units write units in all
 * @param capacity what it can do
 * @param allowed write units a second that the job may use
 * @param required write units a second to be in time; 0 without a deadline
 * @param missing whole write units a second to be added to the capacity to be in time; 0 when it is
 *     enough
 */
public record WriteForecastPart(
    String index, double units, Capacity capacity, double allowed, double required, long missing) {

  /** Whether these are the writes of the table itself. */
  public boolean isTable() {
    return index.equals(Throttle.TABLE);
  }

  /** Write units a second that the capacity is to be raised to. */
  public long raisedWrites() {
    return (long) Math.ceil(capacity.writeUnits()) + missing;
  }
}
