/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.lookup.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.snapshot.Folder;
import io.sluice.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The ledger of the files that runs of a lookup have taken, in {@code OUTPUT/_taken/}. Its entries
 * have consecutive numbers, and each is created once and never replaced: of two runs that want to
 * add the same one, one does, and the other finds what that one wrote.
 */
public final class EventLedger {
  private static final String FOLDER = "_taken/";
  private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A month may have thousands of entries, each of which is an object of its own. */
  private static final int READERS = 16;

  private final Folder folder;
  private final Map<String, Long> taken = new HashMap<>();
  private long last;

  private EventLedger(Folder folder) {
    this.folder = folder;
  }

  /** Opens the ledger of an output, which may have no entry; none is read yet. */
  public static EventLedger of(String output) {
    return new EventLedger(Folder.of(Folder.of(output).path() + FOLDER));
  }

  /**
   * Checks that the store keeps entries as they are.
   *
   * @throws IOException when it does not, or the folder cannot be written
   */
  public void checkStore() throws IOException {
    Storage.checkCreatesNew(folder.path());
  }

  private static String name(long number) {
    return String.format(Locale.ROOT, "%012d.json", number);
  }

  /**
   * Reads the entries that were added since the last call, several at a time.
   *
   * @return these, in their order
   * @throws IOException when one is missing or cannot be read
   */
  public List<LedgerEntry> read() throws IOException {
    TreeMap<String, Long> there = folder.list();
    OptionalLong latest =
        there.keySet().stream()
            .map(NAME::matcher)
            .filter(Matcher::matches)
            .mapToLong(name -> Long.parseLong(name.group(1)))
            .max();
    List<LedgerEntry> entries = new ArrayList<>();
    if (latest.isEmpty() || latest.getAsLong() <= last) {
      return entries;
    }
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<LedgerEntry>> reading = new ArrayList<>();
      for (long number = last + 1; number <= latest.getAsLong(); number++) {
        long one = number;
        reading.add(readers.submit(() -> entry(one)));
      }
      for (Future<LedgerEntry> entry : reading) {
        entries.add(entry.get());
      }
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading the entries in " + folder, e);
    } finally {
      readers.shutdownNow();
    }
    for (LedgerEntry entry : entries) {
      entry.input().forEach(file -> taken.put(file.name(), file.bytes()));
    }
    last = latest.getAsLong();
    return entries;
  }

  /**
   * Reads an entry.
   *
   * @throws IOException when there is none, or it cannot be read
   */
  public LedgerEntry entry(long number) throws IOException {
    String place = folder.path() + name(number);
    byte[] json =
        folder
            .read(name(number))
            .orElseThrow(
                () ->
                    new IOException(place + " is missing: what it lists would be taken once more"));
    try {
      LedgerEntry entry = JSON.readValue(json, LedgerEntry.class);
      if (entry.number() != number) {
        throw new IOException("it says that it is number " + entry.number());
      }
      return entry;
    } catch (IOException e) {
      throw new IOException(place + " cannot be read: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Returns the number that the next entry has, as far as is known. */
  public long next() {
    return last + 1;
  }

  /** Returns the length that a file had when it was taken; null if it was not. */
  public @Nullable Long lengthOf(String name) {
    return taken.get(name);
  }

  /**
   * Adds an entry, unless there is one with its number already.
   *
   * @return the entry that has the number now: this, or that of another run
   * @throws IOException when it is not known which
   */
  public LedgerEntry add(LedgerEntry entry) throws IOException {
    // The answer to an attempt may be lost, and the next is told that the file is there already.
    return Storage.createNew(
            folder.path() + name(entry.number()), JSON.writeValueAsBytes(entry), "application/json")
        ? entry
        : entry(entry.number());
  }
}
