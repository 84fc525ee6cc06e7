/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.ShardPosition;
import io.sluice.change.feed.UncommittedFiles;
import io.sluice.change.stream.StreamGap;
import io.sluice.change.stream.StreamState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Makes the commit of a run from what its shards have come to, and deletes what is in none. */
final class CaptureCommit {

  /**
   * How much earlier than the present a feed counts as complete. The clocks of a stream's machines
   * differ by seconds, and a record takes a moment until it can be read.
   */
  static final Duration MARGIN = Duration.ofSeconds(10);

  private final CaptureTask task;
  private final List<ShardResult> results = new ArrayList<>();

  CaptureCommit(CaptureTask task, Iterable<ShardResult> results) {
    this.task = task;
    results.forEach(this.results::add);
  }

  /**
   * Adds the commit, unless another run has. May be repeated.
   *
   * @throws IOException when it is not known whether there is a commit
   */
  CaptureResult make() throws IOException {
    FeedCommit wanted = commit();
    FeedCommit made = FeedCommits.of(task.feed()).add(wanted);
    boolean isOurs = made.run().equals(task.run());
    UncommittedFiles.delete(task.feed(), wanted, made);
    return new CaptureResult(made, isOurs, results.stream().mapToLong(ShardResult::expired).sum());
  }

  private FeedCommit commit() {
    StreamState stream = task.stream();
    FeedCommit last = task.last();
    String gap = gap();
    boolean isNew = last == null || gap != null;
    Instant from = isNew ? completeFrom() : last.completeFrom();
    Instant through = isNew ? from : last.completeThrough();
    Instant read =
        results.stream()
            .map(result -> result.end().through().minus(MARGIN))
            .min(Comparator.naturalOrder())
            .orElse(through);
    return new FeedCommit(
        task.number(),
        task.run(),
        task.feed().table(),
        stream.arn(),
        stream.view(),
        stream.time(),
        from,
        read.isAfter(through) ? read : through,
        results.stream().mapToLong(ShardResult::late).sum(),
        gap,
        results.stream()
            .flatMap(result -> result.files().stream())
            .sorted(Comparator.comparing(DeltaFile::name))
            .toList(),
        Stream.concat(
                results.stream().map(result -> result.end().position()), task.drained().stream())
            .sorted(Comparator.comparing(ShardPosition::shard))
            .toList());
  }

  private @Nullable String gap() {
    if (task.gap() != null) {
      return task.gap();
    }
    return results.stream()
        .map(ShardResult::gap)
        .filter(Objects::nonNull)
        .sorted()
        .findFirst()
        .orElse(null);
  }

  /**
   * Returns from when on a feed that begins here is complete. A stream that is new to us has every
   * record since its creation, or what is left of it; where records were lost, nothing before this
   * run is certain, nor what was forgotten during a run of more than a day.
   */
  private Instant completeFrom() {
    StreamState stream = task.stream();
    FeedCommit last = task.last();
    boolean lost =
        last != null && last.stream().equals(stream.arn())
            || results.stream().anyMatch(result -> result.gap() != null);
    Instant begin = lost ? stream.time() : stream.created();
    Instant oldest =
        results.stream()
            .map(result -> result.end().position().readAt())
            .max(Comparator.naturalOrder())
            .orElse(stream.time())
            .minus(StreamGap.RETENTION);
    return oldest.isAfter(begin) ? oldest : begin;
  }
}
