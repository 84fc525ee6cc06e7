/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.snapshot.Folder;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A run in the ledger: its header and its events, each an object that is created once and never
 * replaced. Of two JVMs that want to write to one run, one fails. Thread-safe.
 */
public final class NightRun {
  static final String HEADER = "run.json";
  private static final String EVENTS = "events/";
  private static final String STATE = "state.json";

  private final Folder folder;
  private final RunHeader header;
  private final RunState state;
  private final String writer = UUID.randomUUID().toString();
  private long last;

  private NightRun(Folder folder, RunHeader header, RunState state, long last) {
    this.folder = folder;
    this.header = header;
    this.state = state;
    this.last = last;
  }

  /**
   * The events of a run as JSON, for people and programs; the events themselves are what counts.
   */
  private record Summary(RunHeader run, boolean isComplete, List<LedgerEvent> events) {}

  /** Creates a run. */
  static NightRun create(Folder folder, RunHeader header) throws IOException {
    if (!Storage.createNew(folder.path() + HEADER, LedgerJson.write(header), LedgerJson.TYPE)) {
      throw new IOException(folder.path() + HEADER + " is there already");
    }
    return new NightRun(folder, header, new RunState(), 0);
  }

  /** Reads a run. */
  static NightRun read(Folder folder) throws IOException {
    byte[] json =
        folder
            .read(HEADER)
            .orElseThrow(() -> new IOException(folder.path() + HEADER + " is not there any more"));
    RunHeader header = LedgerJson.read(json, RunHeader.class, folder.path() + HEADER);
    RunState state = new RunState();
    long last = 0;
    for (String name : new TreeMap<>(folder.list(EVENTS + "*.json")).keySet()) {
      if (!name.equals(name(last + 1))) {
        throw new IOException(folder.path() + name(last + 1) + " is missing");
      }
      state.add(event(folder, name));
      last++;
    }
    return new NightRun(folder, header, state, last);
  }

  private static LedgerEvent event(Folder folder, String name) throws IOException {
    byte[] json =
        folder
            .read(name)
            .orElseThrow(() -> new IOException(folder.path() + name + " is not there any more"));
    return LedgerJson.read(json, LedgerEvent.class, folder.path() + name);
  }

  private static String name(long number) {
    return String.format(Locale.ROOT, "%s%012d.json", EVENTS, number);
  }

  public RunHeader header() {
    return header;
  }

  /** Returns the folder of the ledger of its night, which all of its runs have in common. */
  public String ledger() {
    return folder.path().replaceFirst("runs/[^/]+/$", "");
  }

  /** Returns its folder, ending in a slash. */
  public String place() {
    return folder.path();
  }

  /**
   * Writes an event.
   *
   * @throws JobException when it cannot be written, or another JVM writes to this run
   */
  public synchronized void add(LedgerEvent event) {
    LedgerEvent written =
        event.written(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(), writer);
    String name = name(last + 1);
    try {
      boolean isNew =
          Storage.createNew(folder.path() + name, LedgerJson.write(written), LedgerJson.TYPE);
      // The answer to an attempt may be lost, and the next is told that it is there already.
      if (!isNew && !event(folder, name).equals(written)) {
        throw new JobException("another start of this night writes to " + folder.path());
      }
      last++;
      state.add(written);
      folder.write(
          STATE,
          LedgerJson.write(new Summary(header, state.isComplete(), state.events())),
          LedgerJson.TYPE);
    } catch (IOException | RuntimeException e) {
      throw e instanceof JobException known
          ? known
          : new JobException("the ledger cannot be written: " + UserMessages.oneLine(e), e);
    }
  }

  /** Keeps what a step has printed. */
  public void keep(String name, byte[] text) {
    try {
      folder.write(name, text, "text/plain");
    } catch (IOException | RuntimeException e) {
      throw new JobException("the ledger cannot be written: " + UserMessages.oneLine(e), e);
    }
  }

  /**
   * Reads a file of its folder, such as the report of a step.
   *
   * @param file the whole name of the file
   * @throws IOException when it is not there
   */
  public byte[] read(String file) throws IOException {
    return folder
        .read(folder.nameOf(file))
        .orElseThrow(() -> new IOException(file + " is not there"));
  }

  /** Returns the state as it is now. */
  public synchronized RunState state() {
    return RunState.of(state.events());
  }
}
