/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import java.io.Serializable;

/**
 * How many rejections and deletes a job may have found when it begins to write.
 *
 * @param rejects the most rejections, 0 or more
 * @param deletes the most {@link Count#DELETES}, 0 or more
 */
public record Limits(long rejects, long deletes) implements Serializable {
  public Limits {
    check("maxRejects", rejects);
    check("maxDeletes", deletes);
  }

  private static void check(String name, long most) {
    if (most < 0) {
      throw new IllegalArgumentException(name + " is " + most + ", must be 0 or more");
    }
  }

  /** Limits the rejections, for steps that find no deletes. */
  public static Limits ofRejects(long most) {
    return new Limits(most, Long.MAX_VALUE);
  }

  /** Whether there are more rejections than allowed. */
  public boolean isRejectedTooMuch(Tally tally) {
    return tally.rejected() > rejects;
  }

  /** Whether there are more deletes than allowed. */
  public boolean isDeletedTooMuch(Tally tally) {
    return tally.count(Count.DELETES) > deletes;
  }

  /** Whether there are neither more rejections nor more deletes than allowed. */
  boolean areKeptBy(Tally tally) {
    return !isRejectedTooMuch(tally) && !isDeletedTooMuch(tally);
  }
}
