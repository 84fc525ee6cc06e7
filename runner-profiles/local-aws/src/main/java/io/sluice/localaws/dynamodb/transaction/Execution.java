/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.transaction;

import io.sluice.localaws.dynamodb.capacity.Consumed;
import io.sluice.localaws.dynamodb.capacity.Meter;
import io.sluice.localaws.dynamodb.capacity.Metering;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.ItemRules;
import io.sluice.localaws.dynamodb.store.ItemStore;
import io.sluice.localaws.dynamodb.store.StoredItem;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does all writes of a transaction, or none and says why. */
final class Execution {

  private final List<TableWrite> writes;

  /** Prepares writes of which no two have the same place. */
  Execution(List<TableWrite> writes) {
    this.writes = writes;
  }

  /** Says what a transaction has changed and what it was charged for, by table. */
  record Done(List<Change> changes, List<Consumed> consumed) {}

  /** Holds what an action makes of an item, or why it leaves it as it is. */
  private record Outcome(Change change, Reason reason) {

    static Outcome of(Change change) {
      return new Outcome(change, Reason.NONE);
    }

    static Outcome of(Optional<StoredItem> before, DynamoDbException fault) {
      return new Outcome(new Change(before, before), Reason.of(fault));
    }
  }

  /**
   * Writes, while nobody else writes the same items, and charges it; so it does if it is cancelled.
   *
   * @return what has changed, in the order of the writes
   * @throws DynamoDbException a TransactionCanceledException with all reasons, or a
   *     ValidationException of the whole transaction
   */
  Done run() {
    List<Place> places = writes.stream().flatMap(write -> write.place().stream()).toList();
    return Place.exclusively(
        places,
        () -> {
          List<Outcome> outcomes = writes.stream().map(Execution::decide).toList();
          check(outcomes);
          List<Change> changes = outcomes.stream().map(Outcome::change).toList();
          // What a store tells the meter of single writes is none of them.
          Metering.with(
              Meter.NONE, () -> places.get(0).table().store().atomically(() -> apply(changes)));
          return new Done(changes, Bill.done(writes, changes));
        });
  }

  private void check(List<Outcome> outcomes) {
    try {
      Reason.check(outcomes.stream().map(Outcome::reason).toList());
    } catch (DynamoDbException e) {
      Bill.cancelled(
          writes, outcomes.stream().map(outcome -> outcome.change.storedBefore()).toList());
      throw e;
    }
  }

  private static Outcome decide(TableWrite write) {
    if (write.fault().isPresent()) {
      return Outcome.of(Optional.empty(), write.fault().get());
    }
    Optional<StoredItem> before = write.place().orElseThrow().item();
    Optional<Map<String, Value>> after;
    try {
      after = write.write().apply(before.map(StoredItem::item));
    } catch (DynamoDbException e) {
      return Outcome.of(before, e);
    }
    return write.changes() ? check(write, before, after) : Outcome.of(new Change(before, before));
  }

  /** Checks what a write makes of an item; an empty key of an index fails the whole transaction. */
  private static Outcome check(
      TableWrite write, Optional<StoredItem> before, Optional<Map<String, Value>> after) {
    if (after.isEmpty()) {
      return Outcome.of(new Change(before, Optional.empty()));
    }
    ItemRules rules = write.table().store().rules();
    rules.checkUpdatedNotEmpty(after.get());
    long size = Sizes.of(after.get());
    try {
      rules.checkUpdated(after.get(), size);
    } catch (DynamoDbException e) {
      return Outcome.of(before, e);
    }
    return Outcome.of(new Change(before, Optional.of(StoredItem.of(after.get(), size))));
  }

  /**
   * Applies all changes; if one throws, such as for a lack of capacity or a table that is deleted
   * meanwhile, none is written.
   */
  private List<Change> apply(List<Change> changes) {
    if (changes.stream().mapToLong(Change::sizeAfter).sum() > TransactRequest.MAX_BYTES) {
      throw TransactRequest.tooLarge();
    }
    for (int i = 0; i < changes.size(); i++) {
      if (writes.get(i).changes()) {
        apply(writes.get(i), changes.get(i));
      }
    }
    return changes;
  }

  private static void apply(TableWrite write, Change change) {
    ItemStore store = write.table().store();
    if (change.storedAfter().isPresent()) {
      store.put(change.storedAfter().get().item(), change.sizeAfter());
    } else {
      store.delete(write.place().orElseThrow().key());
    }
  }
}
