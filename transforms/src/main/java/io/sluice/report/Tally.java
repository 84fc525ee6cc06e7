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
 * What a bundle, a step or a whole job counted. Tallies travel as data, not as Beam metrics: a
 * retried bundle counts twice in a metric, and only once here.
 *
 * @param counts how many of each, absent for zero
 * @param rejections how many rejections of each reason, absent for zero
 * @param examples the first rejections in the order of file and offset, {@value #MAX_EXAMPLES} at
 *     most, without their payloads
 */
@DefaultCoder(SerializableCoder.class)
public record Tally(Map<Count, Long> counts, Map<Reason, Long> rejections, List<Rejection> examples)
    implements Serializable {

  /** How many rejections a tally keeps as examples. */
  public static final int MAX_EXAMPLES = 10;

  /** The tally of nothing. */
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

  /** All rejections, whatever the stage and the reason. */
  public long rejected() {
    return rejections.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Whether every record that was read is accounted for, once. */
  public boolean addsUp() {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    return 2 * count(Count.READ) == all + rejected();
  }

  /** The sum of two tallies, the same whichever comes first. */
  public Tally plus(Tally other) {
    Sum sum = new Sum();
    sum.add(this);
    sum.add(other);
    return sum.toTally();
  }

  /** Sums a PCollection of tallies; {@link #EMPTY} when it has none. */
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

  /** A tally in the making; not thread-safe. */
  static final class Sum {
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<Reason, Long> rejections = new EnumMap<>(Reason.class);
    private final List<Rejection> examples = new ArrayList<>();

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
      return new Tally(counts, rejections, examples);
    }
  }
}
