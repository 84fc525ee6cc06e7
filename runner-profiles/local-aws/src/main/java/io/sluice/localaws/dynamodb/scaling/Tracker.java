/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.scaling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Decides when and to what a dimension is scaled, from the units that were taken in each period.
 * Not safe for several threads at once.
 */
final class Tracker {

  private static final double PERCENT = 100;

  private final Deque<Double> used = new ArrayDeque<>();
  private int above;
  private int below;
  private double taken;
  private long noRiseBefore = Long.MIN_VALUE;
  private long noFallBefore = Long.MIN_VALUE;

  /**
   * Starts to track.
   *
   * @param taken all units that were taken before
   */
  Tracker(double taken) {
    this.taken = taken;
  }

  /**
   * Ends a period; begins anew if less was taken than before, as of a table of the same name.
   *
   * @param nowTaken all units that were taken until now
   * @param provisioned units a second
   * @param now in nanoseconds
   * @return to what the dimension is to be scaled, if it is
   */
  OptionalLong end(
      double nowTaken,
      long provisioned,
      Scalable scalable,
      Policy policy,
      ScalingSettings settings,
      long now) {
    if (nowTaken < taken) {
      taken = nowTaken;
      above = 0;
      below = 0;
      used.clear();
      return OptionalLong.empty();
    }
    double perSecond = (nowTaken - taken) / (settings.period().toNanos() / 1e9);
    taken = nowTaken;
    double percent = perSecond / provisioned * PERCENT;
    above = percent > policy.target() ? above + 1 : 0;
    below = percent < policy.target() - settings.pointsBelow() ? below + 1 : 0;
    used.addLast(perSecond);
    if (used.size() > settings.periodsBelow()) {
      used.removeFirst();
    }
    long wanted = provisioned;
    if (above >= settings.periodsAbove() && now >= noRiseBefore) {
      wanted = Math.max(provisioned, wanted(scalable, policy, perSecond));
    } else if (below >= settings.periodsBelow()
        && now >= noFallBefore
        && policy.in() == Policy.ScaleIn.ALLOWED) {
      double most = used.stream().mapToDouble(Double::doubleValue).max().orElse(0);
      wanted = Math.min(provisioned, wanted(scalable, policy, most));
    }
    wanted = scalable.clamp(wanted);
    if (wanted == provisioned) {
      return OptionalLong.empty();
    }
    above = 0;
    below = 0;
    noFallBefore = now + nanos(policy.inCooldown());
    if (wanted > provisioned) {
      noRiseBefore = now + nanos(policy.outCooldown());
    }
    return OptionalLong.of(wanted);
  }

  private static long wanted(Scalable scalable, Policy policy, double perSecond) {
    return scalable.clamp(perSecond * PERCENT / policy.target());
  }

  private static long nanos(Duration duration) {
    return duration.toNanos();
  }
}
