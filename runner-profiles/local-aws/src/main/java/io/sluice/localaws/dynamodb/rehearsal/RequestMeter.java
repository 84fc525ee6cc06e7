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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Charges one request for what it reads and writes, and refuses what there is no capacity for.
 *
 * <p>A transaction is not refused in its middle: its reads are refused together, and what its
 * writes take too much is a debt.
 */
final class RequestMeter implements Meter {

  private final Entry entry;
  private final Throttle throttle;
  private final Optional<Fault.Kind> fault;
  private final Supplier<RandomGenerator> random;
  private boolean happened;
  private boolean empties;
  private BitSet spared = new BitSet();
  private int next;

  /**
   * Enters what happens into {@code entry}.
   *
   * @param fault what goes wrong, if something does
   * @param random chooses what of a batch is left unprocessed
   */
  RequestMeter(
      Entry entry,
      Throttle throttle,
      Optional<Fault.Kind> fault,
      Supplier<RandomGenerator> random) {
    this.entry = entry;
    this.throttle = throttle;
    this.fault = fault;
    this.random = random;
  }

  /** Reports whether a part of a batch was left unprocessed, or a page left empty, for a fault. */
  boolean happened() {
    return happened;
  }

  @Override
  public void batch(int size) {
    next = 0;
    spared = isDue(Fault.Kind.UNPROCESSED) ? spare(size, random.get()) : new BitSet();
  }

  private boolean isDue(Fault.Kind kind) {
    return fault.isPresent() && fault.get() == kind;
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
    refuse(table, throttle.write(table, key, change, consumed));
    enter(table, key, change, consumed);
  }

  private void enter(Table table, byte[] key, Change change, Consumed consumed) {
    if (change.storedAfter().isPresent()) {
      entry.put(name(table), hash(key), consumed);
    } else {
      entry.delete(name(table), consumed);
    }
  }

  @Override
  public void conditionFailed(Table table, byte[] key, Change unchanged) {
    Consumed consumed = Units.write(table, unchanged);
    refuse(table, throttle.write(table, key, unchanged, consumed));
    entry.unchanged(name(table), consumed);
  }

  @Override
  public void read(Table table, Read read) {
    checkSpared(table);
    refuse(table, throttle.read(table, read));
    happened |= empties;
    entry.read(name(table), read.items(), read.consumed());
  }

  @Override
  public void left(Table table) {
    next++;
    entry.refused(name(table), "");
  }

  @Override
  public boolean emptiesPage() {
    empties = isDue(Fault.Kind.EMPTY_PAGE);
    return empties;
  }

  @Override
  public void reads(List<TableRead> reads) {
    List<Optional<Reason>> missing =
        reads.stream().map(each -> throttle.missing(each.table(), each.read())).toList();
    Optional<Reason> first = missing.stream().flatMap(Optional::stream).findFirst();
    for (int i = 0; i < reads.size(); i++) {
      Table table = reads.get(i).table();
      Read read = reads.get(i).read();
      if (first.isPresent()) {
        entry.refused(name(table), missing.get(i).map(Reason::text).orElse(""));
      } else {
        throttle.settle(table, read);
        entry.read(name(table), read.items(), read.consumed());
      }
    }
    if (first.isPresent()) {
      Table table = reads.get(missing.indexOf(first)).table();
      throw first.get().error(table.definition().billing());
    }
  }

  @Override
  public void wrote(Table table, byte[] key, Change change, Consumed consumed) {
    throttle.settle(table, key, change, consumed);
    enter(table, key, change, consumed);
  }

  @Override
  public void checked(Table table, byte[] key, Change unchanged, Consumed consumed) {
    throttle.settle(table, key, unchanged, consumed);
    entry.unchanged(name(table), consumed);
  }

  @Override
  public void repeated(Table table, Consumed consumed) {
    throttle.settle(table, new Read(consumed, Optional.empty(), Optional::empty, 0));
    entry.read(name(table), 0, consumed);
  }

  private void checkSpared(Table table) {
    if (spared.get(next++)) {
      happened = true;
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
