/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;

/** Write units of a table that are raised until they are put back. Safe for several threads. */
public final class RaisedCapacity {
  private static final long PATIENCE_SECONDS = 10;

  private final MarkedTable table;
  private final String arn;
  private final InstantSource clock;
  private final Consumer<String> told;
  private final CapacityMark mark;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean isOver;

  RaisedCapacity(
      MarkedTable table,
      String arn,
      CapacityMark mark,
      InstantSource clock,
      Consumer<String> told) {
    this.table = table;
    this.arn = arn;
    this.mark = mark;
    this.clock = clock;
    this.told = told;
  }

  /**
   * Says that the run is alive, lest another one takes over what it raised.
   *
   * @throws SdkException when DynamoDB refuses
   */
  public void renew() {
    lock.lock();
    try {
      if (!isOver && table.mark(arn).map(this::isOurs).orElse(true)) {
        table.write(arn, mark.renewed(clock.instant().truncatedTo(ChronoUnit.SECONDS)));
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Puts back what was raised and is as it was set, waits until that is done, and removes the mark.
   * What somebody else has changed stays. Does nothing when another run has taken over, or when it
   * was called before and succeeded.
   *
   * @throws RaiseRefusedException when DynamoDB allows no decrease now
   * @throws SdkException when DynamoDB refuses; it may be called again
   */
  public void putBack() {
    lock.lock();
    try {
      if (isOver) {
        return;
      }
      if (isTakenOver()) {
        isOver = true;
        return;
      }
      if (update(table.activeUnits())) {
        table.activeUnits();
      }
      table.removeMark(arn);
      isOver = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Does the same without waiting, for a program that is about to end. If the mark cannot be
   * removed then, a later run does.
   *
   * @return false when another thread is about to put it back
   */
  public boolean putBackAtOnce() throws InterruptedException {
    if (!lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return false;
    }
    try {
      if (!isOver && !isTakenOver()) {
        update(table.units());
        table.removeMark(arn);
      }
      isOver = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isOurs(CapacityMark found) {
    return found.run().equals(mark.run());
  }

  private boolean isTakenOver() {
    Optional<CapacityMark> found = table.mark(arn);
    boolean isOther = found.isPresent() && !isOurs(found.get());
    if (isOther) {
      told.accept(
          "the run %s has taken over the raised capacity of %s, and puts it back"
              .formatted(found.get().run(), table.name()));
    }
    return isOther;
  }

  private boolean update(WriteUnits units) {
    tellOthers(units);
    Map<String, Long> writes = new TreeMap<>();
    raised(mark, units).forEach((index, part) -> writes.put(index, part.before()));
    if (writes.isEmpty()) {
      return false;
    }
    try {
      table.update(units, writes);
    } catch (LimitExceededException e) {
      throw new RaiseRefusedException(
          "the capacity of %s stays raised, for DynamoDB refuses to lower it now: %s"
              .formatted(table.name(), e.awsErrorDetails().errorMessage()),
          e);
    }
    writes.forEach(
        (index, before) ->
            told.accept(
                String.format(
                    Locale.ROOT,
                    "the write units of %s are put back from %,d to %,d",
                    table.nameOf(index),
                    units.lanes().get(index).writes(),
                    before)));
    return true;
  }

  /** Names what somebody else has changed since. */
  void tellOthers(WriteUnits units) {
    if (units.onDemand() != mark.onDemand()) {
      told.accept(
          "the billing of %s was changed by somebody else: it stays".formatted(table.name()));
      return;
    }
    units
        .lanes()
        .forEach(
            (index, lane) ->
                mark.part(index)
                    .filter(part -> lane.writes() != part.before())
                    .filter(part -> !part.set().contains(lane.writes()))
                    .ifPresent(
                        part ->
                            told.accept(
                                String.format(
                                    Locale.ROOT,
                                    "the write units of %s were changed to %,d by somebody else: they stay, and were %,d before they were raised",
                                    table.nameOf(index),
                                    lane.writes(),
                                    part.before()))));
  }

  /** Returns the parts of a mark that are as its run set them, by index. */
  static Map<String, CapacityMark.Part> raised(CapacityMark mark, WriteUnits units) {
    Map<String, CapacityMark.Part> raised = new TreeMap<>();
    if (units.onDemand() == mark.onDemand()) {
      units
          .lanes()
          .forEach(
              (index, lane) ->
                  mark.part(index)
                      .filter(part -> part.before() != lane.writes())
                      .filter(part -> part.set().contains(lane.writes()))
                      .ifPresent(part -> raised.put(index, part)));
    }
    return raised;
  }
}
