/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.capacity.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Raises the write units of a table and its global indexes for a run, such that they can be put
 * back whenever the run is killed: tags of the table have the figures of before from before the
 * first change until after the last one.
 *
 * <p>A run that finds the tags of another one refuses while that is alive: it renews them every
 * {@link #RENEWED_EVERY}. Those of a run that is not are taken over, with the figures of before.
 * Tags are no lock, and DynamoDB shows them after some seconds: of two runs that begin at the same
 * moment one may put back what the other still uses, which then is slower.
 */
public final class RaiseCapacity {
  /** How often a run says that it is alive. */
  public static final Duration RENEWED_EVERY = Duration.ofMinutes(5);

  private static final Duration ALIVE = RENEWED_EVERY.multipliedBy(4);

  /** Tags that were removed are seen for some seconds. */
  private static final Duration UNTIL_SEEN = Duration.ofSeconds(10);

  private final MarkedTable table;
  private final String run;
  private final InstantSource clock;
  private final Consumer<String> told;

  /**
   * Prepares the change of a table; sends no request.
   *
   * @param table its name or ARN
   * @param run identifies the run: letters, digits and {@code -}
   * @param told takes lines that say what is done and what is left
   */
  public RaiseCapacity(
      String table, DynamoDbClient client, String run, InstantSource clock, Consumer<String> told) {
    this.table = new MarkedTable(table, client);
    this.run = run;
    this.clock = clock;
    this.told = told;
  }

  /**
   * Raises write units, waits until they are there, and returns what puts them back; empty when
   * nothing is raised. Nothing is lowered.
   *
   * @param wanted write units a second by index, 1 or more; those of the table under {@link
   *     Throttle#TABLE}
   * @throws RaiseRefusedException when they cannot be raised or not be put back, or another run has
   *     raised them
   * @throws SdkException when DynamoDB refuses; then nothing is raised, or it is put back
   */
  public Optional<RaisedCapacity> raise(Map<String, Long> wanted) {
    Found found = look();
    WriteUnits units = found.units();
    if (units.isGlobal()) {
      throw new RaiseRefusedException(
          "the table %s has replicas, whose write units are those of all regions: raise them by their scaling"
              .formatted(table.name()));
    }
    found.mark().ifPresent(mark -> checkAbandoned(mark, units));
    Map<String, CapacityMark.Part> parts = new TreeMap<>();
    found.mark().ifPresent(mark -> parts.putAll(stillRaised(mark, units)));
    Map<String, Long> updates = new TreeMap<>();
    wanted.forEach(
        (index, writes) -> {
          WriteUnits.Lane lane = units.lanes().get(index);
          boolean isUnlimited = units.onDemand() && lane != null && lane.writes() == 0;
          if (lane != null && !isUnlimited && lane.writes() < writes) {
            updates.put(index, writes);
            parts.merge(
                CapacityMark.key(index),
                new CapacityMark.Part(lane.writes(), List.of(writes)),
                (old, added) ->
                    new CapacityMark.Part(old.before(), List.of(lane.writes(), writes)));
          }
        });
    if (parts.isEmpty()) {
      found.mark().ifPresent(mark -> table.removeMark(units.arn()));
      told.accept(nothing(units));
      return Optional.empty();
    }
    checkDecreases(units, updates);
    return Optional.of(raise(units, parts, updates, found.mark().isPresent()));
  }

  private RaisedCapacity raise(
      WriteUnits units,
      Map<String, CapacityMark.Part> parts,
      Map<String, Long> updates,
      boolean isTakenOver) {
    CapacityMark mark = new CapacityMark(run, now(), units.onDemand(), parts);
    RaisedCapacity raised = new RaisedCapacity(table, units.arn(), mark, clock, told);
    table.write(units.arn(), mark);
    table.awaitMark(units.arn(), mark);
    if (updates.isEmpty()) {
      told.accept("the write units of %s are still raised".formatted(table.name()));
      return raised;
    }
    if (!table.units().equals(units)) {
      if (isTakenOver) {
        raised.putBack();
      } else {
        // What is raised now, to whatever, was raised by somebody else.
        table.removeMark(units.arn());
      }
      throw new RaiseRefusedException(
          "the capacity of %s was changed by somebody else just now: run it again"
              .formatted(table.name()));
    }
    updates.forEach(
        (index, writes) ->
            told.accept(
                String.format(
                    Locale.ROOT,
                    "the %s of %s is raised from %,d to %,d until the end of the run",
                    units(units),
                    table.nameOf(index),
                    units.lanes().get(index).writes(),
                    writes)));
    try {
      table.update(units, updates);
      table.activeUnits();
      return raised;
    } catch (SdkException | RaiseRefusedException e) {
      // Whether it is raised may not be known, as after a timeout.
      try {
        raised.putBack();
      } catch (SdkException | RaiseRefusedException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  /**
   * Puts back what a run raised that does not any more, whether it seems to be alive or not, and
   * waits until that is done.
   *
   * @throws RaiseRefusedException when it cannot be put back now
   * @throws SdkException when DynamoDB refuses
   */
  public void restore() {
    WriteUnits units = table.activeUnits();
    Optional<CapacityMark> mark = table.mark(units.arn());
    if (mark.isEmpty()) {
      told.accept("no run has left the capacity of %s raised".formatted(table.name()));
      return;
    }
    new RaisedCapacity(table, units.arn(), mark.get(), clock, told).putBack();
  }

  private record Found(WriteUnits units, Optional<CapacityMark> mark) {}

  /**
   * Describes the table before and after its tags are read: a run that ends just then puts back
   * before it removes its mark, and one that begins marks before it raises, so units that stay the
   * same belong to the mark.
   */
  private Found look() {
    WriteUnits before = table.activeUnits();
    Optional<CapacityMark> mark = table.mark(before.arn());
    if (mark.isPresent() && isAlive(mark.get()) && stillRaised(mark.get(), before).isEmpty()) {
      mark = table.markAfter(before.arn(), UNTIL_SEEN);
    }
    WriteUnits after = table.activeUnits();
    if (!after.equals(before)) {
      throw new RaiseRefusedException(
          "the capacity of %s is being changed by somebody else: run it again"
              .formatted(table.name()));
    }
    return new Found(after, mark);
  }

  private boolean isAlive(CapacityMark mark) {
    return !mark.run().equals(run) && mark.renewed().plus(ALIVE).isAfter(now());
  }

  private void checkAbandoned(CapacityMark mark, WriteUnits units) {
    if (isAlive(mark)) {
      throw new RaiseRefusedException(
          "the run %s has raised the capacity of %s, and was alive at %s: wait for its end; if it was killed, restore what it raised, or run this again after %s"
              .formatted(mark.run(), table.name(), mark.renewed(), mark.renewed().plus(ALIVE)));
    }
    told.accept(
        "the run %s ended without removing its mark of %s: this one takes over what it raised"
            .formatted(mark.run(), table.name()));
    new RaisedCapacity(table, units.arn(), mark, clock, told).tellOthers(units);
  }

  /** Returns the parts of a mark that are as its run set them, by their keys. */
  private static Map<String, CapacityMark.Part> stillRaised(CapacityMark mark, WriteUnits units) {
    Map<String, CapacityMark.Part> parts = new TreeMap<>();
    RaisedCapacity.raised(mark, units)
        .forEach(
            (index, part) ->
                parts.put(
                    CapacityMark.key(index),
                    new CapacityMark.Part(
                        part.before(), List.of(units.lanes().get(index).writes()))));
    return parts;
  }

  /** Refuses what could not be put back: a decrease must be left of today's. */
  private void checkDecreases(WriteUnits units, Map<String, Long> updates) {
    for (String index : updates.keySet()) {
      WriteUnits.Lane lane = units.lanes().get(index);
      Optional<Instant> from = lane.decreasesFrom(now());
      if (from.isPresent()) {
        throw new RaiseRefusedException(
            "the capacity of %s is not raised, for DynamoDB would not let it be put back: it was decreased %d times today (UTC), and can be again from %s on"
                .formatted(table.nameOf(index), lane.decreases(), from.get()));
      }
    }
  }

  private String nothing(WriteUnits units) {
    boolean isUnlimited = units.lanes().values().stream().allMatch(lane -> lane.writes() == 0);
    return units.onDemand() && isUnlimited
        ? "the table %s is on demand and has no maximum: there is nothing to raise"
            .formatted(table.name())
        : "the capacity of %s is enough: nothing is raised".formatted(table.name());
  }

  private static String units(WriteUnits of) {
    return of.onDemand() ? "maximum of write units" : "write capacity";
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
