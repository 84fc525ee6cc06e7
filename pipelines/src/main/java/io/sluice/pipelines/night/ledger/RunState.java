/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import io.sluice.pipelines.cli.ExitCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far a run is, by its events. Not thread-safe. */
public final class RunState {
  private final List<LedgerEvent> events = new ArrayList<>();
  private final Set<StepKey> done = new HashSet<>();
  private final Set<StepKey> published = new HashSet<>();
  private boolean isPublishing;
  private boolean isToldOfSuccess;
  private boolean isComplete;

  /** Returns the state after these events. */
  public static RunState of(Collection<LedgerEvent> events) {
    RunState state = new RunState();
    events.forEach(state::add);
    return state;
  }

  void add(LedgerEvent event) {
    events.add(event);
    boolean isOk = Integer.valueOf(ExitCode.OK).equals(event.exitCode());
    switch (event.what()) {
      case STEP_ENDED -> {
        if (isOk) {
          done.add(new StepKey(event.table(), event.step()));
        }
      }
      case PUBLISHING -> isPublishing = true;
      case PUBLISHED -> published.add(new StepKey(event.table(), event.step()));
      case HOOK -> isToldOfSuccess |= "onSuccess".equals(event.detail());
      case ENDED -> isComplete |= isOk;
      default -> {
        // It changes nothing about what is to be done.
      }
    }
  }

  /** Returns all events, in their order. */
  public List<LedgerEvent> events() {
    return List.copyOf(events);
  }

  public boolean isDone(StepKey step) {
    return done.contains(step);
  }

  public boolean isPublished(StepKey step) {
    return published.contains(step);
  }

  /** Whether snapshots are being published, from which there is no way back. */
  public boolean isPublishing() {
    return isPublishing;
  }

  /** Whether the hook for success was called. */
  public boolean isToldOfSuccess() {
    return isToldOfSuccess;
  }

  /** Whether nothing is left to be done. */
  public boolean isComplete() {
    return isComplete;
  }
}
