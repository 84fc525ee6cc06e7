/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.lookup.PublishEvents;
import io.sluice.lookup.event.EventTarget;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.InputListing;
import io.sluice.pipelines.job.OutputProbe;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks, before a lookup begins, that its folder takes what it writes, and has nothing else. */
final class EventOutput {
  private EventOutput() {}

  /**
   * Returns where the events go; null when they are only counted.
   *
   * @throws JobException when the folder cannot take them
   */
  static @Nullable EventTarget target(LookupPlan plan, Console console) {
    if (plan.output() == null) {
      return null;
    }
    OutputProbe.checkOutput(plan.output(), console);
    EventTarget target = new EventTarget(plan.output(), UUID.randomUUID().toString());
    Optional<String> problem;
    try {
      problem = PublishEvents.problem(target);
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "--output=" + plan.output() + " cannot be listed: " + UserMessages.oneLine(e), e);
    }
    if (problem.isPresent()) {
      throw new JobException("--output=" + plan.output() + ": " + problem.get());
    }
    return target;
  }

  /**
   * Checks that none of the events that are read is where those that are kept go.
   *
   * @throws JobException when one is
   */
  static void checkApart(@Nullable EventTarget target, InputListing events) {
    for (MatchResult.Metadata file : events.files()) {
      String name = file.resourceId().toString();
      if (target != null && name.startsWith(target.output())) {
        throw new JobException(
            "--output=%s has a file of the input, %s: give another folder"
                .formatted(target.output(), name));
      }
    }
  }
}
