/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.failure.Rejection;
import io.sluice.item.Reason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;

/**
 * The counts of a bundle, a step or a whole job. Tallies travel as data, not as Beam metrics: a
 * retried bundle counts twice in a metric, but only once here.
 *
 * @param counts the number of each; zeros are absent
 * @param rejections the number of rejections with each reason; zeros are absent
 * @param examples the first rejections in the order of file and offset, at most {@value
 *     #MAX_EXAMPLES}, without their payloads
 */
@DefaultCoder(SerializableCoder.class)
public record Tally(
    Map<Count, Long> counts,
    Map<Reason, Long> rejections,
    List<Rejection> examples,
    Consumption consumption)
    implements Serializable {

  /** The tally of steps that sent no requests to a table. */
  public Tally(Map<Count, Long> counts, Map<Reason, Long> rejections, List<Rejection> examples) {
    this(counts, rejections, examples, Consumption.NONE);
  }

  /** Returns the tally of what requests to a table consumed, without any counts. */
  public static Tally of(Consumption consumption) {
    return new Tally(Map.of(), Map.of(), List.of(), consumption);
  }

  /** The maximum number of rejections that a tally keeps as examples. */
  public static final int MAX_EXAMPLES = 10;

  /** The empty tally. */
  public static final Tally EMPTY = new Tally(Map.of(), Map.of(), List.of());

  private static final Comparator<Rejection> BY_ORIGIN =
      Comparator.comparing((Rejection rejection) -> rejection.origin().file().isEmpty())
          .thenComparing(Rejection::origin)
          .thenComparing(Rejection::stage)
          .thenComparing(Rejection::reason)
          .thenComparing(Rejection::message);

  public long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  /** Returns the number of all rejections, whatever their stage and reason. */
  public long rejected() {
    return rejections.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Returns how many records have gone on so far: they were read, and nothing became of them yet.
   */
  public long remaining() {
    return count(Count.READ) - partsOf(Count.READ) - rejected();
  }

  /**
   * Whether every record that was read, and every surplus item of the table, is accounted for
   * exactly once.
   */
  public boolean addsUp() {
    return remaining() == 0 && count(Count.SURPLUS) == partsOf(Count.SURPLUS);
  }

  private long partsOf(Count whole) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().whole() == whole)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Returns the sum of two tallies, in whichever order they are added. */
  public Tally plus(Tally other) {
    Sum sum = new Sum();
    sum.add(this);
    sum.add(other);
    return sum.toTally();
  }

  /** Returns a combine that sums tallies; {@link #EMPTY} when there are none. */
  public static Combine.BinaryCombineFn<Tally> sum() {
    return new SumFn();
  }

  private static final class SumFn extends Combine.BinaryCombineFn<Tally> {
    private static final long serialVersionUID = 1L;

    @Override
    public Tally apply(Tally left, Tally right) {
      return left.plus(right);
    }

    @Override
    public Tally identity() {
      return EMPTY;
    }
  }

  /** A mutable sum of tallies; not thread-safe. */
  static final class Sum {
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<Reason, Long> rejections = new EnumMap<>(Reason.class);
    private final List<Rejection> examples = new ArrayList<>();
    private Consumption consumption = Consumption.NONE;

    void add(Consumption more) {
      consumption = consumption.plus(more);
    }

    void add(Count count, long n) {
      counts.merge(count, n, Long::sum);
    }

    void add(Rejection rejection) {
      rejections.merge(rejection.reason(), 1L, Long::sum);
      addExample(rejection);
    }

    void add(Tally tally) {
      tally.counts.forEach(this::add);
      tally.rejections.forEach((reason, n) -> rejections.merge(reason, n, Long::sum));
      tally.examples.forEach(this::addExample);
      add(tally.consumption);
    }

    /** Keeps the list sorted and short, so that the examples do not depend on the order. */
    private void addExample(Rejection rejection) {
      int at = examples.size();
      while (at > 0 && BY_ORIGIN.compare(rejection, examples.get(at - 1)) < 0) {
        at--;
      }
      if (at < MAX_EXAMPLES) {
        examples.add(at, rejection.withoutPayload());
        if (examples.size() > MAX_EXAMPLES) {
          examples.remove(MAX_EXAMPLES);
        }
      }
    }

    Tally toTally() {
      return new Tally(counts, rejections, examples, consumption);
    }
  }
}
