/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The unfinished run of a table's exports, of which there is one at most: a file beside what runs
 * stage, created only if there is none.
 *
 * @param folder the folder of the table's snapshots
 */
public record UnfinishedRuns(TableFolder folder) {
  /** The name of the file within {@link TableFolder#staging()}. */
  public static final String FILE = "_unfinished.json";

  private static final String SCAN = "scan/";
  private static final String TYPE = "application/json";

  /** Returns where a run keeps what it scans, ending in a slash. */
  public String scanOf(Run run) {
    return folder.staging(run) + SCAN;
  }

  private Folder staging() {
    return Folder.of(folder.staging());
  }

  /**
   * Reads the run; empty when there is none.
   *
   * @throws IOException when it cannot be read; the message has the name of its file
   */
  public Optional<UnfinishedRun> read() throws IOException {
    Optional<byte[]> json = staging().read(FILE);
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(UnfinishedRun.parse(json.get()));
    } catch (IOException e) {
      String why = e.getMessage() == null ? "" : e.getMessage().lines().findFirst().orElse("");
      // Without the cause, whose message would be told in place of this.
      throw new IOException(staging() + FILE + " cannot be read: " + why);
    }
  }

  /**
   * Begins a run, unless there is one.
   *
   * @return whether it has begun
   */
  public boolean create(UnfinishedRun run) throws IOException {
    return Storage.createNew(staging().path() + FILE, run.toJson(), TYPE);
  }

  /** Ends the run: whatever it has scanned is not used any more. */
  public void delete() throws IOException {
    staging().delete(Set.of(FILE));
  }

  /**
   * Returns when a run last showed that it goes on: when it kept pages, or began, by the clock of
   * the store. Lists all that it has kept.
   */
  public Instant lastSign(UnfinishedRun run) throws IOException {
    long last = run.run().start().toEpochMilli();
    for (MatchResult.Metadata file : Storage.match(Glob.escape(scanOf(run.run())) + "*/*.pages")) {
      last = Math.max(last, file.lastModifiedMillis());
    }
    return Instant.ofEpochMilli(last);
  }

  /**
   * Checks that the store leaves a file that exists as it is, without which two starts could
   * replace each other's pages.
   *
   * @throws IOException when it replaces it, or the folder cannot be written
   */
  public void checkStore() throws IOException {
    Storage.checkCreatesNew(staging().path());
  }
}
