/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Finds the last change of a key as of a point in time: of the longest prefix, in the order of the
 * feed, of changes that are not later. Changes come in any order, and more than once.
 *
 * <p>The times of a key's changes need not grow with their order, since the machines of a stream
 * have clocks of their own. So an earlier change may be later by the clock, and then ends the
 * prefix. Of changes before the last {@link PointInTime#SKEW_MILLIS} only one is kept; those within
 * it are few.
 */
final class LastChange {
  private final PointInTime asOf;
  private final NavigableMap<BigInteger, Change> recent = new TreeMap<>();

  /** By their place, those that tie with one that is kept; mostly null, since a stream has none. */
  private @Nullable Map<BigInteger, Change> rivals;

  private @Nullable Change settled;
  private @Nullable Change later;

  LastChange(PointInTime asOf) {
    this.asOf = asOf;
  }

  void add(Change change) {
    if (asOf.isLater(change)) {
      if (later == null || change.sequence().compareTo(later.sequence()) < 0) {
        later = change.mark();
        // What follows it will not be the last.
        recent.tailMap(later.sequence(), true).clear();
      }
    } else if (later != null && change.sequence().compareTo(later.sequence()) > 0) {
      checkOrder(change);
    } else if (asOf.isSettled(change)) {
      settle(change);
    } else {
      recent.merge(change.sequence(), change, this::later);
    }
  }

  private void settle(Change change) {
    int order = settled == null ? 1 : change.sequence().compareTo(settled.sequence());
    if (order > 0 && settled != null && rivals != null) {
      rivals.remove(settled.sequence());
    }
    settled = order > 0 ? change : order == 0 ? later(settled, change) : settled;
  }

  /** Returns one of two with the same place; if they are no copies, the other is its rival. */
  private Change later(Change one, Change other) {
    if (!Change.isTie(one, other)) {
      return one;
    }
    boolean isLater = KeyChanges.ORDER.compare(one, other) > 0;
    rivals = rivals == null ? new HashMap<>() : rivals;
    rivals.put(one.sequence(), isLater ? other : one);
    return isLater ? one : other;
  }

  /** A change long before the point in time that follows one after it: no clocks differ so much. */
  private void checkOrder(@Nullable Change change) {
    if (change != null
        && later != null
        && asOf.isSettled(change)
        && change.sequence().compareTo(later.sequence()) > 0) {
      throw new IllegalStateException(
          "changes of one key are out of order by more than %d s: the feed has other times than a stream gives"
              .formatted(PointInTime.SKEW_MILLIS / 1000));
    }
  }

  /**
   * Returns the last change; empty if none is known until then. The first of those that are later
   * may say what the item was before it.
   */
  Optional<Change> get() {
    checkOrder(settled);
    Map.Entry<BigInteger, Change> newest = recent.lastEntry();
    if (newest == null && settled == null && later != null) {
      return later.before();
    }
    if (newest == null) {
      return Optional.ofNullable(settled);
    }
    boolean isNewer = settled == null || newest.getKey().compareTo(settled.sequence()) > 0;
    return Optional.of(isNewer ? newest.getValue() : settled);
  }

  /** Whether another change has the place of the last one, and makes something else of the item. */
  boolean isTied() {
    return rivals != null && get().map(last -> rivals.containsKey(last.sequence())).orElse(false);
  }

  /**
   * Whether a change that is later may be what made the item of the base, although by its own clock
   * it came after the point in time; and nothing says what the item was before.
   *
   * @param baseMillis when the base was complete
   */
  boolean mayBeInBase(long baseMillis) {
    return later != null
        && later.millis() < baseMillis + PointInTime.CLOCKS_MILLIS
        && get().isEmpty();
  }

  /** Passes on the changes that decide, for another that knows more changes of the key. */
  void forEach(Consumer<Change> consumer) {
    for (Change change : List.copyOf(recent.values())) {
      consumer.accept(change);
    }
    if (settled != null) {
      consumer.accept(settled);
    }
    if (rivals != null) {
      rivals.values().forEach(consumer);
    }
    if (later != null) {
      consumer.accept(later);
    }
  }

  /** Returns about how many bytes of memory it takes. */
  long heapBytes() {
    long bytes = 256;
    for (Change change : recent.values()) {
      bytes += change.heapBytes();
    }
    bytes += later == null ? 0 : later.heapBytes();
    if (rivals != null) {
      bytes += rivals.values().stream().mapToLong(Change::heapBytes).sum();
    }
    return bytes + (settled == null ? 0 : settled.heapBytes());
  }
}
