/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Run;
import io.sluice.snapshot.SnapshotTime;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runs of a night, in a folder of S3 or of a disk. Only who has the {@link Lease} of the night
 * may write to it.
 */
public final class NightLedger {
  private static final Pattern RUN = Pattern.compile("([^/]+)/" + Pattern.quote(NightRun.HEADER));

  private final String path;
  private final String night;

  private NightLedger(String path, String night) {
    this.path = path;
    this.night = night;
  }

  /**
   * Opens the ledger of a night.
   *
   * @param folder of the ledgers of all nights
   * @param night its name
   */
  public static NightLedger of(String folder, String night) {
    return new NightLedger(Folder.of(folder).path() + night + "/", night);
  }

  /** Returns its folder, ending in a slash. */
  public String path() {
    return path;
  }

  Folder lease() {
    return Folder.of(path + "lease/");
  }

  private Folder runs() {
    return Folder.of(path + "runs/");
  }

  /**
   * Checks that the store leaves a file that exists as it is, without which two nights could
   * replace each other's events.
   *
   * @throws IOException when it replaces it, or the folder cannot be written
   */
  public void checkStore() throws IOException {
    Folder folder = lease();
    String probe = ".probe-" + UUID.randomUUID();
    boolean replaced;
    try {
      Storage.createNew(folder.path() + probe, new byte[] {'1'}, LedgerJson.TYPE);
      replaced = Storage.createNew(folder.path() + probe, new byte[] {'2'}, LedgerJson.TYPE);
    } finally {
      folder.delete(Set.of(probe));
    }
    if (replaced) {
      throw new IOException(
          "the store of "
              + path
              + " replaces an object although it was asked not to (If-None-Match)");
    }
  }

  /** Returns the latest run; empty when there is none. */
  public Optional<NightRun> latest() throws IOException {
    Folder runs = runs();
    Optional<String> latest =
        runs.list("*/" + NightRun.HEADER).keySet().stream()
            .map(RUN::matcher)
            .filter(Matcher::matches)
            .map(name -> name.group(1))
            .reduce((earlier, later) -> earlier.compareTo(later) > 0 ? earlier : later);
    return latest.isEmpty()
        ? Optional.empty()
        : Optional.of(NightRun.read(Folder.of(runs.path() + latest.get() + "/")));
  }

  /**
   * Begins a run.
   *
   * @param now by the clock of the store
   * @param before how much earlier the time of its snapshots is, 0 or more
   */
  public NightRun begin(Instant now, Duration before, String hash) throws IOException {
    Run run = Run.startingAt(now);
    SnapshotTime time = SnapshotTime.of(now.minus(before));
    RunHeader header =
        new RunHeader(run.id(), night, time.instant().toString(), run.start().toString(), hash);
    return NightRun.create(Folder.of(runs().path() + run.id() + "/"), header);
  }
}
