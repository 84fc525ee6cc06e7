/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import java.io.IOException;
import java.util.Optional;

/** Finds out of which kind the changes of a merge are. */
final class DeltaKinds {
  private DeltaKinds() {}

  /**
   * Finds out what the changes are.
   *
   * @throws JobException when there are none
   */
  static Deltas of(MergePlan plan) {
    try {
      Optional<FeedFolder> feed = Optional.empty();
      for (String place : plan.deltas()) {
        FeedFolder folder = new FeedFolder(place, plan.table());
        feed = FeedCommits.of(folder).latest().isPresent() ? Optional.of(folder) : feed;
      }
      if (feed.isPresent() && plan.deltas().size() == 1) {
        return new FeedDeltas(feed.get());
      }
      if (feed.isPresent()) {
        throw new JobException(
            "--deltas: %s is a feed of captured changes, which is merged by itself: merge the others before it or after it"
                .formatted(feed.get().path()));
      }
      return ExportDeltas.of(plan);
    } catch (IOException | IllegalArgumentException e) {
      throw new JobException("--deltas: " + UserMessages.oneLine(e), e);
    }
  }
}
