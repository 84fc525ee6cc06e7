/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import io.sluice.failure.Rejection;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Counts within one bundle and emits the sums when the bundle finishes: one element per window
 * instead of one per record. Create a new one in {@code @StartBundle}; not thread-safe.
 */
public final class BundleTally {
  private final Map<BoundedWindow, Tally.Sum> sums = new HashMap<>();

  public void add(Count count, BoundedWindow window) {
    add(count, 1, window);
  }

  /** Counts some more; nothing if there are none, so that a bundle without any emits nothing. */
  public void add(Count count, long n, BoundedWindow window) {
    if (n != 0) {
      sumOf(window).add(count, n);
    }
  }

  public void add(Rejection rejection, BoundedWindow window) {
    sumOf(window).add(rejection);
  }

  /** Adds what requests to a table consumed. */
  public void add(Consumption consumption, BoundedWindow window) {
    if (!consumption.isNone()) {
      sumOf(window).add(consumption);
    }
  }

  private Tally.Sum sumOf(BoundedWindow window) {
    return sums.computeIfAbsent(window, w -> new Tally.Sum());
  }

  /** Emits the counts; to be called in {@code @FinishBundle}. */
  public <InputT, OutputT> void emit(
      DoFn<InputT, OutputT>.FinishBundleContext context, TupleTag<Tally> tag) {
    sums.forEach(
        (window, sum) -> context.output(tag, sum.toTally(), window.maxTimestamp(), window));
    sums.clear();
  }
}
