/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import java.io.Serializable;

/**
 * The share of a table's capacity that a job may use.
 *
 * @param ratio that share, 0.1 to 1.5; above 1 it reckons with what DynamoDB grants beyond
 * @param workers over how many worker slots of the runner the budget is divided, 0 or more; with 0
 *     all work is in one JVM, which gets the whole of it
 * @param parts between how many steps that run at a time it is divided, 1 or more
 */
public record Budget(double ratio, int workers, int parts) implements Serializable {
  private static final double LEAST = 0.1;
  private static final double MOST = 1.5;

  public Budget {
    if (!(ratio >= LEAST && ratio <= MOST)) {
      throw new IllegalArgumentException("ratio " + ratio + " must be 0.1 to 1.5");
    }
    if (workers < 0) {
      throw new IllegalArgumentException("workers " + workers + " must be 0 or more");
    }
    if (parts < 1) {
      throw new IllegalArgumentException("parts " + parts + " must be 1 or more");
    }
  }

  /**
   * A share of the capacity for one JVM.
   *
   * @throws IllegalArgumentException when the ratio is not 0.1 to 1.5
   */
  public static Budget ofRatio(double ratio) {
    return new Budget(ratio, 0, 1);
  }

  /** The same share, divided over so many worker slots. */
  public Budget withWorkers(int slots) {
    return new Budget(ratio, slots, parts);
  }

  /** The part of each of so many steps of a job that use the same capacity at a time. */
  public Budget dividedBy(int steps) {
    return new Budget(ratio, workers, parts * steps);
  }

  /** Whether more is asked for than the table is known to have. */
  public boolean isAbove() {
    return ratio > 1;
  }

  /** Units a second that the step may use, on all workers, of so many that the table has. */
  public double allowed(double unitsPerSecond) {
    return ratio * unitsPerSecond / parts;
  }

  /**
   * The fraction of the budget, 0 to 1, for a JVM in which so many worker slots run.
   *
   * @param active 0 or more
   */
  public double shareOf(int active) {
    if (active < 0) {
      throw new IllegalArgumentException("active " + active + " must be 0 or more");
    }
    return workers == 0 ? 1 : Math.min(1, (double) active / workers);
  }
}
