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
 * @param ratio that share, 0.1 to 1.5; above 1 the job counts on capacity that DynamoDB grants
 *     beyond what it reports
 * @param workers the number of worker slots of the runner between which the budget is divided, 0 or
 *     more; with 0 all work is in one JVM, which gets the whole budget
 * @param parts the number of concurrent steps between which the budget is divided, 1 or more
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
   * Returns a share of the capacity for one JVM.
   *
   * @throws IllegalArgumentException when the ratio is not 0.1 to 1.5
   */
  public static Budget ofRatio(double ratio) {
    return new Budget(ratio, 0, 1);
  }

  /** Returns the same share, divided between this many worker slots. */
  public Budget withWorkers(int slots) {
    return new Budget(ratio, slots, parts);
  }

  /** Returns the part of each of several steps of a job that use the same capacity concurrently. */
  public Budget dividedBy(int steps) {
    return new Budget(ratio, workers, parts * steps);
  }

  /** Whether the job asks for more than the table is known to have. */
  public boolean isAbove() {
    return ratio > 1;
  }

  /**
   * Returns the units a second that the step may use on all workers, given the table's units a
   * second.
   */
  public double allowed(double unitsPerSecond) {
    return ratio * unitsPerSecond / parts;
  }

  /**
   * Returns the fraction of the budget, 0 to 1, for a JVM that runs this many worker slots.
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
