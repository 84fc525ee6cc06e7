/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.rehearsal;

import io.sluice.localaws.dynamodb.book.Entry;
import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.capacity.Units;
import io.sluice.localaws.dynamodb.fault.Fault;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.table.Table;
import io.sluice.localaws.dynamodb.throttle.Reason;
import io.sluice.localaws.dynamodb.throttle.Throttle;
import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Charges one request for what it reads and writes, and refuses what there is no capacity for.
 *
 * <p>A transaction is charged twice, as the service does, and is not refused in its middle: what it
 * takes too much is a debt.
 */
final class RequestMeter implements Meter {

  private static final String TRANSACTION = "TransactWriteItems";

  private final String operation;
  private final Entry entry;
  private final Throttle throttle;
  private final Optional<RandomGenerator> spares;
  private BitSet spared = new BitSet();
  private int next;

  /**
   * Enters what happens into {@code entry}.
   *
   * @param spares chooses what of a batch is left unprocessed, if something is
   */
  RequestMeter(String operation, Entry entry, Throttle throttle, Optional<RandomGenerator> spares) {
    this.operation = operation;
    this.entry = entry;
    this.throttle = throttle;
    this.spares = spares;
  }

  @Override
  public void batch(int size) {
    next = 0;
    spared = spares.map(random -> spare(size, random)).orElseGet(BitSet::new);
  }

  /** Chooses at least one of a batch and not all; none of one. */
  static BitSet spare(int size, RandomGenerator random) {
    BitSet chosen = new BitSet(size);
    int count = size > 1 ? 1 + random.nextInt(size - 1) : 0;
    while (chosen.cardinality() < count) {
      chosen.set(random.nextInt(size));
    }
    return chosen;
  }

  @Override
  public void write(Table table, byte[] key, Change change) {
    checkSpared(table);
    Consumed consumed = Units.write(table, change);
    if (operation.equals(TRANSACTION)) {
      consumed = consumed.plus(consumed);
      throttle.settle(table, key, change, consumed);
    } else {
      refuse(table, throttle.write(table, key, change, consumed));
    }
    if (change.storedAfter().isPresent()) {
      entry.put(name(table), hash(key), consumed);
    } else {
      entry.delete(name(table), consumed);
    }
  }

  @Override
  public void conditionFailed(Table table, byte[] key, Change unchanged) {
    Consumed consumed = Units.write(table, unchanged);
    if (operation.equals(TRANSACTION)) {
      consumed = consumed.plus(consumed);
      throttle.settle(table, key, unchanged, consumed);
    } else {
      refuse(table, throttle.write(table, key, unchanged, consumed));
    }
    entry.failed(name(table), consumed);
  }

  @Override
  public void read(Table table, Read read) {
    checkSpared(table);
    refuse(table, throttle.read(table, read));
    entry.read(name(table), read.items(), read.consumed());
  }

  private void checkSpared(Table table) {
    if (spared.get(next++)) {
      entry.refused(name(table), "");
      throw Fault.error("ProvisionedThroughputExceededException").exception();
    }
  }

  private void refuse(Table table, Optional<Reason> reason) {
    if (reason.isPresent()) {
      entry.refused(name(table), reason.get().text());
      throw reason.get().error(table.definition().billing());
    }
  }

  private static String name(Table table) {
    return table.definition().name();
  }

  /** Hashes with FNV-1a, and mixes the result so that all bits depend on all bytes. */
  private static long hash(byte[] key) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : key) {
      hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    return hash ^ (hash >>> 33);
  }
}
