/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import io.sluice.failure.Rejection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims staged files, and has them loaded, or goes on where another attempt stopped. */
final class Loading {
  private static final Logger LOG = LoggerFactory.getLogger(Loading.class);

  /** The most objects that one operation of DynamoDB reads. */
  private static final int MOST_FILES = 50_000;

  /** After so many, each of which ended files at an item, something is wrong with most items. */
  private static final int MOST_OPERATIONS = 20;

  /** Nobody promises how long an operation takes; after this it is time to look why. */
  private static final Duration LONGEST = Duration.ofDays(3);

  private final LoadSpec spec;
  private final AwsOptions options;
  private final StagedRun run;

  /** The items that were written, and the section of the report. */
  record Result(long written, LoadSection section) {}

  Loading(LoadSpec spec, AwsOptions options) {
    this.spec = spec;
    this.options = options;
    this.run = StagedRun.in(spec.folder());
  }

  /**
   * Loads files that were staged by this submission.
   *
   * @param rejections receives the items that DynamoDB refused
   * @throws LoadException when they are not loaded, or not all of them are accounted for
   */
  Result of(List<StagedFile> files, Consumer<Rejection> rejections) throws IOException {
    if (files.size() > MOST_FILES) {
      throw new LoadException(
          "%,d files are staged in %s, and %s reads at most %,d"
              .formatted(files.size(), run.path(), action(), MOST_FILES));
    }
    try (LoadJob job = open()) {
      Deque<Claim> claims = claims(files, job);
      Claim first = claims.peek();
      checkSame(first, files);
      List<String> ids = new ArrayList<>();
      long written = 0;
      long bytes = 0;
      for (Claim claim = claims.poll(); claim != null; ) {
        LoadState state = await(job, claim, start(job, claim));
        if (state.status() == LoadState.Status.FAILED) {
          throw new LoadException(
              "%s failed: %s; %s, and the staged files stay in %s"
                  .formatted(action(), state.failure(), state.id(), run.path()));
        }
        Refusals refusals = job.refusals(claim, state, claim.items() - state.written());
        new RefusedItems(run, claim).forEach(refusals, rejections);
        ids.add(state.id());
        written += state.written();
        bytes += state.bytes();
        long rest = claim.items() - state.written() - refusals.count();
        claim = rest == 0 ? null : next(claim, claims.poll(), state, refusals, rest, ids.size());
      }
      LoadSection section = new LoadSection(action(), ids, run.path(), first.files().size(), bytes);
      return new Result(written, section);
    }
  }

  private String action() {
    return spec.operation().action();
  }

  private LoadJob open() {
    return switch (spec.operation()) {
      case IMPORT_TABLE -> new ImportTableJob(spec, run, options);
      case BULK_PUT -> new BulkPutJob(spec, run, options);
    };
  }

  /** Returns the claims so far, of which each but the first loads what another has left. */
  private Deque<Claim> claims(List<StagedFile> files, LoadJob job) throws IOException {
    Deque<Claim> claims = new ArrayDeque<>();
    Optional<Claim> last = run.last();
    if (last.isEmpty() || isOver(last.get(), job)) {
      int number = last.map(Claim::number).orElse(0) + 1;
      claims.add(run.claim(number, 0, spec.submission(), files));
      return claims;
    }
    claims.add(last.get());
    while (claims.peek().after() > 0) {
      claims.addFirst(run.read(claims.peek().after()));
    }
    return claims;
  }

  /** Whether the claim of an earlier job has come to nothing. */
  private boolean isOver(Claim claim, LoadJob job) throws IOException {
    if (claim.submission().equals(spec.submission())) {
      return false;
    }
    LoadState state = await(job, claim, start(job, claim));
    return state.status() == LoadState.Status.FAILED || job.isGone(state);
  }

  private LoadState start(LoadJob job, Claim claim) throws IOException {
    Optional<String> id = run.idOf(claim);
    if (id.isPresent()) {
      return job.describe(claim, id.get());
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
              .formatted(action(), claim.items(), items, run.path()));
    }
  }

  private LoadState await(LoadJob job, Claim claim, LoadState begun) throws IOException {
    LoadState now = begun;
    if (now.isRunning()) {
      LOG.info("DynamoDB loads from {}: {}", run.path(), now.id());
    }
    LoadWait wait = new LoadWait(LONGEST);
    while (now.isRunning()) {
      if (!wait.pause()) {
        throw new LoadException(
            "%s has not ended in %d days: %s; the same command waits for it again"
                .formatted(action(), LONGEST.toDays(), now.id()));
      }
      now = job.describe(claim, now.id());
    }
    return now;
  }

  /**
   * Claims what an operation has left of the files in which it refused an item.
   *
   * @param known the claim of that, if another attempt has made it
   * @throws LoadException when the rest is not that
   */
  private Claim next(
      Claim claim, Claim known, LoadState state, Refusals refusals, long rest, int operations)
      throws IOException {
    if (known != null) {
      return known;
    }
    long left = 0;
    for (StagedFile file : claim.files()) {
      left += refusals.after(file);
    }
    if (!spec.operation().endsFiles() || left != rest) {
      throw new LoadException(
          "of %,d items DynamoDB has written %,d and lists %,d as refused: see %s; the staged files stay in %s"
              .formatted(claim.items(), state.written(), refusals.count(), state.id(), run.path()));
    }
    if (operations == MOST_OPERATIONS) {
      throw new LoadException(
          "%d operations have not loaded all items, each of which ended files at one that was refused; %,d are left, and what is staged stays in %s"
              .formatted(operations, rest, run.path()));
    }
    List<StagedFile> files = new ArrayList<>();
    for (StagedFile file : claim.files()) {
      if (refusals.after(file) > 0) {
        files.add(run.copyRest(claim, file, refusals.after(file), spec.submission()));
      }
    }
    return run.claim(claim.number() + 1, claim.number(), spec.submission(), files);
  }
}
