/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.lookup.PublishEvents;
import io.sluice.lookup.event.EventLedger;
import io.sluice.lookup.event.EventTarget;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.InputListing;
import io.sluice.pipelines.job.OutputProbe;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Checks, before a lookup begins, that its folder takes what it writes, and has nothing else. */
final class EventOutput {
  /** What a lookup writes and deletes itself. */
  private static final Pattern RESERVED =
      Pattern.compile("(_staging(-.*)?|_taken|_manifest\\.json|_SUCCESS)(/.*)?");

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
    EventTarget target = checked(plan, console);
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

  private static EventTarget checked(LookupPlan plan, Console console) {
    OutputProbe.checkOutput(plan.output(), console);
    EventTarget target = new EventTarget(plan.output(), UUID.randomUUID().toString());
    for (String report : plan.source().outputs().report()) {
      checkIgnored("report", report, false, target);
    }
    checkIgnored("rejects", plan.source().outputs().rejects(), true, target);
    return target;
  }

  /**
   * Checks the folder in which each run has one of its own, and that two runs cannot take the same
   * files.
   *
   * @throws JobException when it cannot take them
   */
  static void checkRepeated(LookupPlan plan, Console console) {
    EventTarget target = checked(plan, console);
    Optional<String> other;
    try {
      other =
          target.folder().list().keySet().stream()
              .filter(
                  name ->
                      name.equals(EventTarget.SUCCESS)
                          || !(name.startsWith("_")
                              || name.startsWith(".")
                              || EventTarget.isOfRun(name)))
              .findFirst();
      EventLedger.of(target.output()).checkStore();
    } catch (IOException | RuntimeException e) {
      throw new JobException("--output=" + plan.output() + ": " + UserMessages.oneLine(e), e);
    }
    if (other.isPresent()) {
      throw new JobException(
          "--output=%s has files that no lookup with --every wrote, such as %s: give another folder"
              .formatted(plan.output(), other.get()));
    }
  }

  /** Checks that readers of the events, and the lookup itself, do not meet another output there. */
  private static void checkIgnored(
      String option, @Nullable String place, boolean isFolder, EventTarget target) {
    if (place == null) {
      return;
    }
    String whole = FileSystems.matchNewResource(place, isFolder).toString();
    if (!whole.startsWith(target.output())) {
      return;
    }
    String name = whole.substring(target.output().length());
    if (!name.startsWith("_") || RESERVED.matcher(name).matches()) {
      throw new JobException(
          "--%s=%s is among the events: give a place outside --output, or below it a name such as _%s"
              .formatted(option, place, option));
    }
  }

  /**
   * Checks that none of the events that are read is where those that are kept go.
   *
   * @throws JobException when one is
   */
  static void checkApart(@Nullable EventTarget target, InputListing events) {
    if (target != null) {
      EventTarget.Claim claim = target.claim();
      String output =
          claim == null ? target.output() : new EventTarget(claim.output(), "x").output();
      for (MatchResult.Metadata file : events.files()) {
        String name = file.resourceId().toString();
        if (name.startsWith(output)) {
          throw new JobException(
              "--output=%s has a file of the input, %s: give another folder"
                  .formatted(output, name));
        }
      }
    }
  }
}
