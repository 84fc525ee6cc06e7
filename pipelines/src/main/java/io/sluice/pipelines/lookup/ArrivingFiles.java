/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.lookup;

import io.sluice.lookup.PublishEvents;
import io.sluice.lookup.event.EventLedger;
import io.sluice.lookup.event.EventTarget;
import io.sluice.lookup.event.LedgerEntry;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.input.InputListing;
import io.sluice.source.InputFiles;
import io.sluice.source.InputList;
import io.sluice.storage.S3Meter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Takes the files of events that have arrived since they were last looked for, each once: what the
 * ledger of the output lists is taken, and nothing else.
 */
final class ArrivingFiles {
  /** An entry of the ledger lists them all, and is held in memory. */
  private static final int MOST_OF_A_RUN = 20_000;

  /**
   * What a run takes.
   *
   * @param target where events go; null to count them only
   * @param files null for those that are there now
   */
  record Taken(@Nullable EventTarget target, @Nullable InputListing files) {}

  private final LookupPlan plan;
  private final String output;
  private final EventLedger ledger;
  private final Console console;
  private final Set<String> toldOf = new HashSet<>();
  private Optional<String> leftOut = Optional.empty();
  private boolean hasMore;

  private ArrivingFiles(LookupPlan plan, Console console) {
    this.plan = plan;
    this.output = String.valueOf(plan.output());
    this.ledger = EventLedger.of(output);
    this.console = console;
  }

  /**
   * Checks the output.
   *
   * @throws JobException when it cannot have the events of runs
   */
  static ArrivingFiles of(LookupPlan plan, Console console) {
    EventOutput.checkRepeated(plan, console);
    return new ArrivingFiles(plan, console);
  }

  /**
   * Runs at an interval, when files have arrived, until a run fails or the thread is interrupted.
   *
   * @param run looks up the events of files, and returns its exit code
   * @return that of the last run
   */
  int takeEach(Duration interval, ToIntFunction<Taken> run) {
    boolean waits = true;
    while (true) {
      Instant start = Instant.now();
      // The bill of a run is not that of those before it.
      S3Meter.begin();
      Taken taken = next();
      int code = taken == null ? ExitCode.OK : run.applyAsInt(taken);
      if (code != ExitCode.OK) {
        return code;
      }
      if (taken == null && waits) {
        console.tell("waiting for files in " + String.join(",", plan.source().input()));
      } else if (taken != null) {
        tellIfLost(taken.target());
      }
      waits = false;
      if (!hasMore && !sleepUntil(start.plus(interval))) {
        return code;
      }
    }
  }

  /** Returns what the next run takes; null when nothing has arrived. */
  @Nullable Taken next() {
    List<MatchResult.Metadata> files = new ArrayList<>();
    try {
      for (LedgerEntry entry : ledger.read()) {
        checkSame(entry);
      }
      PublishEvents.finish(output, ledger);
      InputList there = InputFiles.list(plan.source().input());
      tellOfFolders(there.leftOutFolders());
      for (MatchResult.Metadata file : there.found()) {
        if (isNew(file)) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      throw new JobException(UserMessages.oneLine(e), e);
    }
    hasMore = files.size() > MOST_OF_A_RUN;
    if (files.isEmpty()) {
      return null;
    }
    files = hasMore ? files.subList(0, MOST_OF_A_RUN) : files;
    LedgerEntry entry =
        LedgerEntry.wanted(
            ledger.next(),
            UUID.randomUUID().toString(),
            lookup(),
            files.stream()
                .map(f -> new LedgerEntry.Input(f.resourceId().toString(), f.sizeBytes()))
                .toList());
    return new Taken(
        EventTarget.of(output, entry), InputListing.ofEvents(plan.source(), files, console));
  }

  /** Files may arrive in a folder that is not looked into, and nothing else would show it. */
  private void tellOfFolders(Optional<String> folders) {
    if (!folders.equals(leftOut)) {
      leftOut = folders;
      folders.ifPresent(console::tell);
    }
  }

  private boolean isNew(MatchResult.Metadata file) {
    String name = file.resourceId().toString();
    Long length = ledger.lengthOf(name);
    if (length != null && length != file.sizeBytes() && toldOf.add(name)) {
      console.tell(
          "%s had %,d bytes when it was taken and has %,d now: it is not read again"
              .formatted(name, length, file.sizeBytes()));
    }
    return length == null;
  }

  /** Returns what is the same for all runs of an output. */
  private Map<String, String> lookup() {
    Map<String, String> lookup = new TreeMap<>();
    lookup.put("lookupTable", plan.source().table());
    lookup.put("lookupKey", String.join(",", plan.key()));
    lookup.put("where", plan.wanted().name());
    List<String> added = new ArrayList<>();
    plan.added().forEach((name, attribute) -> added.add(name + "=" + attribute));
    lookup.put("enrich", String.join(",", added));
    return lookup;
  }

  private void checkSame(LedgerEntry entry) {
    lookup()
        .forEach(
            (option, value) -> {
              String there = entry.lookup().get(option);
              if (!value.equals(there)) {
                throw new JobException(
                    "--output=%s has the events of another lookup (%s was %s and is %s): give another folder"
                        .formatted(output, option, there, value));
              }
            });
  }

  private void tellIfLost(@Nullable EventTarget target) {
    try {
      LedgerEntry wanted = target.claim().entry();
      LedgerEntry there = ledger.entry(wanted.number());
      if (!there.run().equals(wanted.run())) {
        console.tell(
            "another run has taken files as number %d at the same time: nothing of this one is kept,"
                    .formatted(wanted.number())
                + " and what is not taken is looked up anew");
        hasMore = true;
      }
    } catch (IOException e) {
      throw new JobException(UserMessages.oneLine(e), e);
    }
  }

  /** Whether it is that time now, and not the end of the program. */
  private static boolean sleepUntil(Instant time) {
    try {
      TimeUnit.MILLISECONDS.sleep(Math.max(0, Duration.between(Instant.now(), time).toMillis()));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
