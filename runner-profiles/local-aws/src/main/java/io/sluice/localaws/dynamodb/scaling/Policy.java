/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import java.time.Duration;
import java.time.Instant;

/**
 * Tracks a target of use.
 *
 * @param target the share of the provisioned units that shall be used, in percent
 * @param outCooldown for which nothing rises after it rose
 * @param inCooldown for which nothing falls after it rose or fell
 * @param in whether it may fall
 */
record Policy(
    String name,
    Dimension dimension,
    double target,
    Duration outCooldown,
    Duration inCooldown,
    ScaleIn in,
    Instant created) {

  /** Tells whether provisioned units may fall. */
  enum ScaleIn {
    ALLOWED,
    DISABLED
  }
}
