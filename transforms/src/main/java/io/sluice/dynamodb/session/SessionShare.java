/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.session;

import io.sluice.capacity.Budget;
import io.sluice.coordination.Allowance;
import io.sluice.coordination.Coordinator;
import io.sluice.coordination.Participant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The share of the budget that a session may use: a fixed one for its workers or, if the step names
 * a folder for that, one that all JVMs of the step negotiate.
 */
final class SessionShare implements Participant, AutoCloseable {
  private final Watched session;
  private final Runnable apply;
  private final @Nullable Coordinator coordinator;

  /**
   * @param apply sets the throttle to the share
   */
  SessionShare(Watched session, Runnable apply) {
    this.session = session;
    this.apply = apply;
    String folder = session.step().coordination();
    this.coordinator =
        folder.isEmpty() ? null : Coordinator.in(folder + "/" + session.step().step(), this);
  }

  /** Starts to negotiate, once the table is known. */
  void start() {
    if (coordinator != null) {
      coordinator.start();
    }
  }

  /** Returns the share that may be used now. */
  Allowance now() {
    return coordinator == null
        ? Allowance.of(session.step().budget().shareOf(session.sharers()))
        : coordinator.allowance();
  }

  @Override
  public void close() {
    if (coordinator != null) {
      coordinator.close();
    }
  }

  @Override
  public boolean isUsed() {
    return session.isUsed();
  }

  @Override
  public long granted() {
    return session.throttle().usage().requests();
  }

  @Override
  public long waited() {
    return session.throttle().waits();
  }

  @Override
  public double takeUsed() {
    return session.throttle().takeUsed();
  }

  @Override
  public int weight() {
    return session.sharers();
  }

  @Override
  public double fixedShare() {
    Budget budget = session.step().budget();
    return budget.workers() == 0 ? -1 : budget.shareOf(session.sharers());
  }

  @Override
  public long items() {
    return session.itemsDone();
  }

  @Override
  public long units() {
    return (long) session.throttle().usage().consumed();
  }

  @Override
  public long total() {
    return session.itemsExpected();
  }

  @Override
  public void applyShare() {
    apply.run();
  }
}
