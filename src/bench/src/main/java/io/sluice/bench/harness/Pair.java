/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.harness;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A short run and a long one, whose difference leaves out beginnings and ends. */
public record Pair(Run small, Run large) {
  public double items() {
    return large.items() - small.items();
  }

  public double seconds() {
    return large.seconds() - small.seconds();
  }

  public double cpuSeconds() {
    return large.cpuSeconds() - small.cpuSeconds();
  }

  public double endpointCpuSeconds() {
    return large.endpointCpuSeconds() - small.endpointCpuSeconds();
  }

  public static double sum(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
    return pairs.stream().mapToDouble(figure).sum();
  }

  public static double itemsPerCpuSecond(List<Pair> pairs) {
    return sum(pairs, Pair::items) / sum(pairs, Pair::cpuSeconds);
  }
}
