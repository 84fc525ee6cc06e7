/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.Throttle;
import io.sluice.capacity.TimeSource;
import io.sluice.dynamodb.table.TableAccess;
import io.sluice.dynamodb.wire.DynamoDbWire;
import java.util.Map;

/** The part of a session that {@link CapacityWatch} uses. */
interface Watched {
  String table();

  TableAccess step();

  TimeSource time();

  DynamoDbWire wire();

  Throttle throttle();

  InFlightLimit permits();

  /** Returns why DynamoDB throttled lately. */
  RecentReasons reasons();

  /** Returns the units a second that requests may use, by lane. */
  Map<String, Double> lanes(TableCapacity capacity);

  /** Returns the workers whose share of the budget this JVM has, 1 or more. */
  int sharers();

  /** Whether there are workers, or requests without one. */
  boolean isUsed();

  /** Returns how many items were read or written. */
  long itemsDone();

  /** Returns how many items the whole job has to read or write, -1 if not known. */
  long itemsExpected();

  /** Logs the progress; called periodically, by one thread at a time. */
  void logProgress();

  /** Aborts requests that take too long. */
  void abortLong();

  /** Ends the session if no worker is left, and returns whether it did. */
  boolean endIfUnused();

  /** Ends a session that could not start: the next worker makes another. */
  void abandon();
}
