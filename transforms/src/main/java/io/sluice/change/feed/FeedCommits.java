/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import io.sluice.storage.Glob;
import io.sluice.storage.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;

/**
 * The commits of a feed. Each is a file that is created once and never replaced, so of two runs
 * that want to add the same commit one succeeds, and the other finds what that one wrote.
 */
public final class FeedCommits {
  private static final Pattern NAME = Pattern.compile("([0-9]{12})\\.json");
  private static final String TYPE = "application/json";

  /** A feed of a month may have thousands of commits, each of which is an object of its own. */
  private static final int READERS = 16;

  private final String folder;

  private FeedCommits(String folder) {
    this.folder = folder;
  }

  /** Opens the commits of a feed, of which there may be none. */
  public static FeedCommits of(FeedFolder feed) {
    return new FeedCommits(feed.commits());
  }

  private String file(long number) {
    return folder + String.format(Locale.ROOT, "%012d.json", number);
  }

  /**
   * Reads the latest commit; empty for a new feed.
   *
   * @throws IOException when it cannot be read
   */
  public Optional<FeedCommit> latest() throws IOException {
    OptionalLong latest =
        Storage.match(Glob.escape(folder) + "*").stream()
            .map(file -> NAME.matcher(String.valueOf(file.resourceId().getFilename())))
            .filter(Matcher::matches)
            .mapToLong(name -> Long.parseLong(name.group(1)))
            .max();
    return latest.isPresent() ? Optional.of(read(latest.getAsLong())) : Optional.empty();
  }

  /**
   * Reads all commits, several at a time, in their order; none of a new feed.
   *
   * @throws IOException when one cannot be read
   */
  public List<FeedCommit> all() throws IOException {
    Optional<FeedCommit> latest = latest();
    return latest.isPresent() ? from(1, latest.get()) : List.of();
  }

  /**
   * Reads the commits from a number on up to one that is known, several at a time, in their order.
   *
   * @param first the number of the first; none are read if it is larger than that of the last
   * @throws FileNotFoundException when one is missing; the message has its name
   * @throws IOException when one cannot be read
   */
  public List<FeedCommit> from(long first, FeedCommit last) throws IOException {
    List<FeedCommit> all = new ArrayList<>();
    if (first > last.number()) {
      return all;
    }
    ExecutorService readers = Executors.newFixedThreadPool(READERS);
    try {
      List<Future<FeedCommit>> earlier = new ArrayList<>();
      for (long number = first; number < last.number(); number++) {
        long one = number;
        earlier.add(readers.submit(() -> read(one)));
      }
      for (Future<FeedCommit> commit : earlier) {
        all.add(commit.get());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("the commits in " + folder + " cannot be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading the commits in " + folder, e);
    } finally {
      readers.shutdownNow();
    }
    all.add(last);
    return all;
  }

  /**
   * Reads the commit with a number.
   *
   * @throws FileNotFoundException when there is none; the message has its name
   * @throws IOException when it cannot be read, or is another
   */
  public FeedCommit read(long number) throws IOException {
    String name = file(number);
    FeedCommit commit;
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(name, false)))) {
      commit = CommitJson.read(in.readAllBytes());
    } catch (FileNotFoundException e) {
      // Without a cause, whose message would be told in place of this.
      throw new FileNotFoundException("there is no commit " + name);
    } catch (IOException e) {
      throw new IOException("the commit " + name + " cannot be read: " + e.getMessage(), e);
    }
    if (commit.number() != number) {
      throw new IOException("the commit " + name + " says that it is number " + commit.number());
    }
    return commit;
  }

  /**
   * Adds a commit, unless there is one with its number already.
   *
   * @return the commit that has the number now: this, or that of another run
   * @throws IOException when it is not known which
   */
  public FeedCommit add(FeedCommit commit) throws IOException {
    // The answer to an attempt may be lost, and the next is told that the file is there already.
    return Storage.createNew(file(commit.number()), CommitJson.write(commit), TYPE)
        ? commit
        : read(commit.number());
  }

  /**
   * Checks that the store leaves a file that exists as it is, without which two runs could replace
   * each other's commits.
   *
   * @throws IOException when it replaces it, or the folder cannot be written
   */
  public void checkStore() throws IOException {
    Storage.checkCreatesNew(folder);
  }
}
