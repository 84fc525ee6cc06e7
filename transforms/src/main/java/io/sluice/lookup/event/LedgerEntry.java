/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files of events that one run has taken, and what became of them.
 *
 * @param formatVersion {@value #VERSION}
 * @param number 1 for the first of a ledger; that of the run's folder, too
 * @param run its unique name, of letters, digits and hyphens
 * @param lookup what it looks up, for all runs of a ledger the same
 * @param input the files that were taken
 * @param files of the events that were kept
 */
public record LedgerEntry(
    int formatVersion,
    long number,
    String run,
    Map<String, String> lookup,
    List<Input> input,
    List<EventFile> files)
    implements Serializable {
  static final int VERSION = 1;

  /** A file that was taken: its whole name, and its length in bytes. */
  public record Input(String name, long bytes) implements Serializable {}

  public LedgerEntry {
    if (formatVersion != VERSION) {
      throw new IllegalArgumentException(
          "formatVersion is %d, must be %d: it is of another version of this program"
              .formatted(formatVersion, VERSION));
    }
    if (number < 1) {
      throw new IllegalArgumentException("number is " + number + ", must be 1 or more");
    }
    lookup = new TreeMap<>(lookup);
    input = List.copyOf(input);
    files = List.copyOf(files);
  }

  /** Creates what a run wants to add when it has looked up the events of these files. */
  public static LedgerEntry wanted(
      long number, String run, Map<String, String> lookup, List<Input> input) {
    return new LedgerEntry(VERSION, number, run, lookup, input, List.of());
  }

  /** Returns the same with the files of events. */
  public LedgerEntry with(List<EventFile> kept) {
    return new LedgerEntry(formatVersion, number, run, lookup, input, kept);
  }
}
