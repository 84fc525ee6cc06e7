/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import io.sluice.failure.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims staged files, and has them loaded, or goes on where another attempt stopped. */
final class Loading {
  private static final Logger LOG = LoggerFactory.getLogger(Loading.class);

  /** The most objects that one operation of DynamoDB reads. */
  private static final int MOST_FILES = 50_000;

  /** Nobody promises how long an operation takes; after this it is time to look why. */
  private static final Duration LONGEST = Duration.ofDays(3);

  private final LoadSpec spec;
  private final AwsOptions options;
  private final StagedRun run;

  /** What has come of the files. */
  record Result(LoadState state, List<Rejection> rejections, LoadSection section) {}

  Loading(LoadSpec spec, AwsOptions options) {
    this.spec = spec;
    this.options = options;
    this.run = StagedRun.in(spec.folder());
  }

  /**
   * Loads files that were staged by this submission.
   *
   * @throws LoadException when they are not loaded, or not all of them are accounted for
   */
  Result of(List<StagedFile> files) throws IOException {
    if (files.size() > MOST_FILES) {
      throw new LoadException(
          "%,d files are staged in %s, and %s reads at most %,d"
              .formatted(files.size(), run.path(), spec.operation().action(), MOST_FILES));
    }
    try (LoadJob job = open()) {
      Claim claim = claim(files, job);
      checkSame(claim, files);
      LoadState state = await(job, start(job, claim));
      if (state.status() == LoadState.Status.FAILED) {
        throw new LoadException(
            "%s failed: %s; %s, and the staged files stay in %s"
                .formatted(spec.operation().action(), state.failure(), state.id(), run.path()));
      }
      List<Rejection> rejections = new ArrayList<>();
      Refusals refusals = job.refusals(state, claim.items() - state.written());
      new RefusedItems(run, claim).forEach(refusals, rejections::add);
      checkCounts(claim, state, rejections.size());
      LoadSection section =
          new LoadSection(
              spec.operation().action(),
              state.id(),
              run.path(),
              claim.files().size(),
              state.bytes());
      return new Result(state, rejections, section);
    }
  }

  private LoadJob open() {
    return switch (spec.operation()) {
      case IMPORT_TABLE -> new ImportTableJob(spec, run, options);
    };
  }

  private Claim claim(List<StagedFile> files, LoadJob job) throws IOException {
    Optional<Claim> last = run.last();
    if (last.isPresent() && !isOver(last.get(), job)) {
      return last.get();
    }
    return run.claim(last.map(Claim::number).orElse(0) + 1, spec.submission(), files);
  }

  /** Whether the claim of an earlier job has come to nothing. */
  private boolean isOver(Claim claim, LoadJob job) throws IOException {
    if (claim.submission().equals(spec.submission())) {
      return false;
    }
    LoadState state = await(job, start(job, claim));
    return state.status() == LoadState.Status.FAILED || job.isGone(state);
  }

  private LoadState start(LoadJob job, Claim claim) throws IOException {
    Optional<String> id = run.idOf(claim);
    if (id.isPresent()) {
      return job.describe(id.get());
    }
    // Repeated before the next line is done, it finds the same operation by its token.
    LoadState begun = job.start(claim);
    run.began(claim, begun.id());
    return begun;
  }

  private void checkSame(Claim claim, List<StagedFile> files) throws LoadException {
    long items = files.stream().mapToLong(StagedFile::items).sum();
    if (claim.items() != items) {
      throw new LoadException(
          "%s of an earlier job has %,d items, and the input now %,d: delete %s, and start again"
              .formatted(spec.operation().action(), claim.items(), items, run.path()));
    }
  }

  private LoadState await(LoadJob job, LoadState begun) throws IOException {
    LoadState now = begun;
    if (now.isRunning()) {
      LOG.info("DynamoDB loads from {}: {}", run.path(), now.id());
    }
    LoadWait wait = new LoadWait(LONGEST);
    while (now.isRunning()) {
      if (!wait.pause()) {
        throw new LoadException(
            "%s has not ended in %d days: %s; the same command waits for it again"
                .formatted(spec.operation().action(), LONGEST.toDays(), now.id()));
      }
      now = job.describe(now.id());
    }
    return now;
  }

  private void checkCounts(Claim claim, LoadState state, long refused) throws LoadException {
    if (state.written() + refused != claim.items()) {
      throw new LoadException(
          "of %,d items DynamoDB has written %,d and lists %,d as refused: see %s; the staged files stay in %s"
              .formatted(claim.items(), state.written(), refused, state.id(), run.path()));
    }
  }
}
