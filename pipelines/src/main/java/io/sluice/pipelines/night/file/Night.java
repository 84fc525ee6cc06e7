/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import java.time.Duration;
import java.util.List;

/**
 * A night as its file describes it.
 *
 * @param name of the night; it names a folder of the ledger
 * @param ledger the folder of the ledgers of nights
 * @param hash of the file's contents and the profile, in hexadecimal
 * @param parallel how many tables are worked on at once, 1 or more
 * @param resumeWithin how old a run may be that a start continues
 * @param tables in an order in which each comes after those that it needs
 * @param onSuccess told when all is done
 * @param onFailure told when something has failed
 */
public record Night(
    String name,
    String ledger,
    String hash,
    int parallel,
    Duration resumeWithin,
    List<NightTable> tables,
    Hook onSuccess,
    Hook onFailure) {
  public Night {
    tables = List.copyOf(tables);
  }

  /** Returns the same night with other tables. */
  public Night with(List<NightTable> others) {
    return new Night(name, ledger, hash, parallel, resumeWithin, others, onSuccess, onFailure);
  }

  /** Whether snapshots have one time, and are published together at the end. */
  public boolean isHeld() {
    return tables.stream().flatMap(table -> table.steps().stream()).anyMatch(NightStep::isHeld);
  }
}
