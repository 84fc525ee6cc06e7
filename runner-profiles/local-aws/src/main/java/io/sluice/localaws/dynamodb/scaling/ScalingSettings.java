/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import java.time.Duration;

/**
 * Says when provisioned throughput follows its use. The defaults are those that "Why isn't DynamoDB
 * auto scaling working" of AWS's knowledge centre gives: two consecutive minutes above the target,
 * or fifteen that are 20 points below it.
 *
 * @param period over which use is measured
 * @param periodsAbove after how many periods above the target it rises, at least 1
 * @param periodsBelow after how many periods well below the target it falls, at least 1
 * @param pointsBelow how many points of percentage below the target count as well below
 */
public record ScalingSettings(
    Duration period, int periodsAbove, int periodsBelow, double pointsBelow) {

  /** Has the delays of the service. */
  public static final ScalingSettings SERVICE =
      new ScalingSettings(Duration.ofMinutes(1), 2, 15, 20);

  public ScalingSettings {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period is " + period + ", must be more than 0");
    }
    if (periodsAbove < 1 || periodsBelow < 1) {
      throw new IllegalArgumentException("periodsAbove and periodsBelow must be at least 1");
    }
  }

  /** Shortens all delays: a minute becomes {@code newPeriod}. */
  public ScalingSettings withPeriod(Duration newPeriod) {
    return new ScalingSettings(newPeriod, periodsAbove, periodsBelow, pointsBelow);
  }
}
