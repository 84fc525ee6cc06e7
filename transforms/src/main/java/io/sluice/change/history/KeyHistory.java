/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.DeltaLines;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.record.Change;
import io.sluice.change.record.StreamRecordParser;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Finds the changes of one key in a feed, in the order of the feed, each once: a feed that began
 * anew after a gap may have some in two commits. Files have no index of keys: all of those that the
 * commits list are read that have changes of the time, several at once, and held against their
 * commits.
 */
public final class KeyHistory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FeedFolder feed;
  private final KeySchema schema;
  private final ItemKey key;

  private KeyHistory(FeedFolder feed, KeySchema schema, ItemKey key) {
    this.feed = feed;
    this.schema = schema;
    this.key = key;
  }

  /** Prepares the search for a key. */
  public static KeyHistory of(FeedFolder feed, KeySchema schema, ItemKey key) {
    return new KeyHistory(feed, schema, key);
  }

  /**
   * What a feed has of the key.
   *
   * @param changes in the order of the feed
   * @param gaps the commits of which each begins anew, since changes of the time may have been lost
   *     before
   */
  public record Found(List<KeyChange> changes, List<FeedCommit> gaps) {
    public Found {
      changes = List.copyOf(changes);
      gaps = List.copyOf(gaps);
    }
  }

  /** A file and the commit that lists it. */
  private record Listed(FeedCommit commit, DeltaFile file) {}

  /**
   * Finds the changes.
   *
   * @param since the earliest time of a change
   * @param until the latest
   * @param threads how many files are read at a time, 1 or more
   * @throws IOException when a commit or a file cannot be read, or a file is not as its commit says
   */
  public Found between(Instant since, Instant until, int threads) throws IOException {
    List<FeedCommit> commits = FeedCommits.of(feed).all();
    if (commits.isEmpty()) {
      throw new IOException(feed.path() + " has no commit, so it is no feed of changes");
    }
    List<KeyChange> found = new ArrayList<>();
    // Each stream has an order of its own, and one follows the other.
    NavigableMap<BigInteger, KeyChange> ofStream = new TreeMap<>();
    FeedCommit before = null;
    ExecutorService readers = Executors.newFixedThreadPool(threads);
    try {
      List<Listed> files = files(commits, since, until);
      List<Future<List<KeyChange>>> all =
          files.stream().map(file -> readers.submit(() -> read(file, since, until))).toList();
      for (int i = 0; i < files.size(); i++) {
        FeedCommit commit = files.get(i).commit();
        if (before != null && !before.stream().equals(commit.stream())) {
          found.addAll(ofStream.values());
          ofStream.clear();
        }
        for (KeyChange one : all.get(i).get()) {
          ofStream.putIfAbsent(one.change().sequence(), one);
        }
        before = commit;
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading a feed", e);
    } finally {
      readers.shutdownNow();
    }
    found.addAll(ofStream.values());
    return new Found(found, gaps(commits, since, until));
  }

  /** What was lost came after all that the commit before has, and before the feed was complete. */
  private static List<FeedCommit> gaps(List<FeedCommit> commits, Instant since, Instant until) {
    List<FeedCommit> gaps = new ArrayList<>();
    Instant through = Instant.MIN;
    for (FeedCommit commit : commits) {
      if (commit.gap() != null && commit.completeFrom().isAfter(since) && !through.isAfter(until)) {
        gaps.add(commit);
      }
      through = commit.completeThrough();
    }
    return gaps;
  }

  /** Returns the files of the time, in the order of their commits. */
  private static List<Listed> files(List<FeedCommit> commits, Instant since, Instant until) {
    List<Listed> files = new ArrayList<>();
    for (FeedCommit commit : commits) {
      for (DeltaFile file : commit.files()) {
        if (!file.last().isBefore(since) && !file.first().isAfter(until)) {
          files.add(new Listed(commit, file));
        }
      }
    }
    return files;
  }

  private List<KeyChange> read(Listed listed, Instant since, Instant until) throws IOException {
    StreamRecordParser parser = new StreamRecordParser(schema);
    List<KeyChange> found = new ArrayList<>();
    try {
      DeltaLines.<InvalidItemException>read(
          feed,
          listed.file(),
          line -> {
            Change change = parser.parse(line);
            Instant time = Instant.ofEpochMilli(change.millis());
            if (change.key().equals(key) && !time.isBefore(since) && !time.isAfter(until)) {
              found.add(new KeyChange(listed.commit().number(), change, isExpired(line)));
            }
          });
    } catch (InvalidItemException e) {
      throw new IOException(
          "a record of %s is damaged: %s"
              .formatted(feed.path() + listed.file().name(), e.getMessage()),
          e);
    }
    return found;
  }

  /** The line has been parsed already, so it is JSON. */
  private static boolean isExpired(byte[] line) {
    try {
      return DeltaLines.TTL.equals(JSON.readTree(line).at("/userIdentity/principalId").textValue());
    } catch (IOException e) {
      throw new IllegalStateException("it was JSON when it was parsed", e);
    }
  }
}
