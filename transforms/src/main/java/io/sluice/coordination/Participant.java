/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

/** The work of a JVM on a step of a job, as {@link Coordinator} asks for it. */
public interface Participant {

  /** Whether there are workers, or requests without one. */
  boolean isUsed();

  /** Returns how many requests were granted so far. */
  long granted();

  /** Returns how many times a request had to wait so far. */
  long waited();

  /**
   * Returns the part, 0 to 1, of the allowed units that was used since the last call. When several
   * budgets are kept at once, it is that of the one that was used most.
   */
  double takeUsed();

  /** Returns the worker slots that this JVM works with, 1 or more. */
  int weight();

  /**
   * Returns the share of the budget, 0 to 1, in case the others cannot be reached; below 0 if it is
   * not known.
   */
  double fixedShare();

  /** Returns the items that were read or written. */
  long items();

  /** Returns the units that were taken. */
  long units();

  /** Returns the items that the whole job has to do; -1 if not known. */
  long total();

  /**
   * Applies the share that {@link Coordinator#allowance} returns now; called several times a
   * second.
   */
  void applyShare();
}
