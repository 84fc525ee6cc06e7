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

/** The side of a session that its watch sees. */
interface Watched {
  String table();

  TableAccess step();

  TimeSource time();

  DynamoDbWire wire();

  Throttle throttle();

  InFlightLimit permits();

  /** Units a second that requests may use of a table, by lane. */
  Map<String, Double> lanes(TableCapacity capacity);

  /** The workers whose share of the budget this JVM has, 1 or more. */
  int sharers();

  /** Whether there are workers, or requests of others. */
  boolean isUsed();

  /** Logs how far it is; called now and then, by one thread at a time. */
  void logProgress();

  /** Ends requests that have taken too long. */
  void abortLong();

  /** Ends the session if no worker is left; whether it did. */
  boolean endIfUnused();

  /** Ends a session that could not begin: the next worker makes another. */
  void abandon();
}
