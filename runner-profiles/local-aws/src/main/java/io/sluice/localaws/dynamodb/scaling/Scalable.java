/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import java.time.Instant;

/**
 * Bounds what a dimension is scaled to.
 *
 * @param least units, at least 1
 * @param most units
 */
record Scalable(Dimension dimension, long least, long most, Instant created) {

  /** Gives {@code units}, or the bound that they exceed. */
  long clamp(double units) {
    return (long) Math.max(least, Math.min(most, Math.ceil(units)));
  }
}
