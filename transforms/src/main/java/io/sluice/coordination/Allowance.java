/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.coordination;

import java.util.OptionalLong;

/**
 * The share of the budget that a JVM may use.
 *
 * @param share 0 to 1
 * @param until when nothing may be used any more, by the time source of whoever grants it; empty
 *     for no such time
 */
public record Allowance(double share, OptionalLong until) {

  /** Returns a share without an end. */
  public static Allowance of(double share) {
    return new Allowance(share, OptionalLong.empty());
  }
}
