/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.capacity;

import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.WriteGate;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.util.Set;
import java.util.function.Supplier;

/** Knows the meter of the request that a thread answers. */
public final class Metering {

  /** Lists the types of errors that say that there was not enough capacity. */
  private static final Set<String> THROTTLING =
      Set.of(
          "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded");

  private static final ThreadLocal<Meter> CURRENT = ThreadLocal.withInitial(() -> Meter.NONE);

  private Metering() {}

  /** Gives the meter of the request that this thread answers, or {@link Meter#NONE}. */
  public static Meter current() {
    return CURRENT.get();
  }

  /** Runs {@code action} with {@code meter} as the one of this thread. */
  public static <T> T with(Meter meter, Supplier<T> action) {
    Meter before = CURRENT.get();
    CURRENT.set(meter);
    try {
      return action.get();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Has every write to a table pass the meter of the request that asks for it. */
  public static void meter(Table table) {
    table
        .store()
        .pass(
            new WriteGate() {
              @Override
              public void admit(byte[] key, Change change) {
                if (change.cause() == Change.Cause.REQUEST) {
                  current().write(table, key, change);
                }
              }

              @Override
              public void conditionFailed(byte[] key, Change unchanged) {
                current().conditionFailed(table, key, unchanged);
              }
            });
  }

  /** Reports whether an error says that there was not enough capacity; a batch goes on then. */
  public static boolean isThrottling(DynamoDbException error) {
    return THROTTLING.contains(error.type());
  }
}
