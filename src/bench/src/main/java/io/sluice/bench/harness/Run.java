/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import io.sluice.testing.dynamodb.Books;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of some work.
 *
 * @param items on how many items
 * @param seconds from the first item, as measured by {@link Stopwatch}, to the end of the work,
 *     including the end of the pipeline
 * @param wholeSeconds including what a pipeline does before the first item and after the last one
 * @param cpuSeconds of the contender's JVM
 * @param endpointCpuSeconds of the endpoint's JVM
 * @param heapPeak the most heap in use after a garbage collection, 0 when there was none
 * @param books what the endpoint saw of it
 */
public record Run(
    long items,
    double seconds,
    double wholeSeconds,
    double cpuSeconds,
    double endpointCpuSeconds,
    long heapPeak,
    Books books) {
  public double itemsPerSecond() {
    return items / seconds;
  }

  /**
   * Returns the median of some runs of whatever kind; of an even number, the mean of the two in the
   * middle.
   */
  public static <R> double median(List<R> runs, ToDoubleFunction<R> figure) {
    List<Double> sorted =
        runs.stream().map(figure::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
