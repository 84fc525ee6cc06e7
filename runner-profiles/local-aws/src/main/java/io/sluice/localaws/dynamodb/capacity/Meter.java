/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.capacity;

import io.sluice.localaws.dynamodb.schema.IndexDefinition;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes account of what one request reads and writes, and may refuse it.
 *
 * <p>The meter of the request that a thread answers is {@link Metering#current}. The deletion of
 * expired items, and all else that no request asked for, is not metered.
 */
public interface Meter {

  /** Refuses nothing and keeps no account. */
  Meter NONE =
      new Meter() {
        @Override
        public void batch(int size) {}

        @Override
        public void write(Table table, byte[] key, Change change) {}

        @Override
        public void conditionFailed(Table table, byte[] key, Change unchanged) {}

        @Override
        public void read(Table table, Read read) {}

        @Override
        public void left(Table table) {}

        @Override
        public boolean emptiesPage() {
          return false;
        }

        @Override
        public void reads(List<TableRead> reads) {}

        @Override
        public void wrote(Table table, byte[] key, Change change, Consumed consumed) {}

        @Override
        public void checked(Table table, byte[] key, Change unchanged, Consumed consumed) {}

        @Override
        public void repeated(Table table, Consumed consumed) {}
      };

  /**
   * Says what was read.
   *
   * @param index what was read in place of the table, if anything
   * @param first the first item, or the key that was asked for; empty if nothing was found
   * @param items how many items were read, whether or not they are returned
   */
  record Read(
      Consumed consumed,
      Optional<IndexDefinition> index,
      Supplier<Optional<Map<String, Value>>> first,
      int items) {}

  /** Names the table of a read. */
  record TableRead(Table table, Read read) {}

  /**
   * Announces that so many writes or reads of single items follow, of which each may be refused
   * alone.
   */
  void batch(int size);

  /**
   * Takes a write before it happens, while nobody else writes the item.
   *
   * @param key as a {@link io.sluice.localaws.dynamodb.store.WriteGate} is given it
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException if it must not happen; see {@link
   *     Metering#isThrottling}
   */
  void write(Table table, byte[] key, Change change);

  /** Takes a write whose condition is not met, which the service charges all the same. */
  void conditionFailed(Table table, byte[] key, Change unchanged);

  /**
   * Takes a read before it is answered.
   *
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException if it must not be answered
   */
  void read(Table table, Read read);

  /** Takes note that a read of a batch is left unprocessed since the answer is full. */
  void left(Table table);

  /** Reports whether a page that continues another is to be empty; then it must be read so. */
  boolean emptiesPage();

  /**
   * Takes all reads of a transaction before they are answered, or none.
   *
   * @throws io.sluice.localaws.dynamodb.value.DynamoDbException if they must not be answered
   */
  void reads(List<TableRead> reads);

  /**
   * Takes a write of a transaction that is done.
   *
   * @param consumed what the answer reports of it
   */
  void wrote(Table table, byte[] key, Change change, Consumed consumed);

  /** Takes an action of a transaction that was done or cancelled and left its item as it is. */
  void checked(Table table, byte[] key, Change unchanged, Consumed consumed);

  /**
   * Takes what a transaction reads of a table when it is asked for once more and not done again.
   */
  void repeated(Table table, Consumed consumed);
}
