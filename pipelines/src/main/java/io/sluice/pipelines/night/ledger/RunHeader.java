/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

/**
 * What a run is about; it is written once.
 *
 * @param id of the run, which begins with its time, so that the order of ids is that of runs
 * @param night its name
 * @param snapshotTime the time of all of its snapshots, as in 2026-01-31T23:26:00Z
 * @param began when it was started for the first time, by the clock of the ledger's store
 * @param hash of the night's file
 */
public record RunHeader(String id, String night, String snapshotTime, String began, String hash) {}
