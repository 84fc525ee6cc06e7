/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.checkpoint;

import java.io.Serializable;
import java.util.Locale;

/**
 * Where a scan keeps the pages that it has read, so that a job that was killed goes on behind them
 * when it is started again. The segments are divided into groups, always in the same way, and each
 * group has a {@link CheckpointChain}.
 *
 * @param folder of this scan only, in S3 or on a disk that all workers share; ending in a slash
 * @param run identifies the scan: the id of the run, the same in all of its starts
 * @param groups into how many groups the segments are divided, 1 or more
 */
public record Checkpoints(String folder, String run, int groups) implements Serializable {

  public Checkpoints {
    if (!folder.endsWith("/") || groups < 1) {
      throw new IllegalArgumentException(
          "the folder %s must end in a slash, and the groups %d must be 1 or more"
              .formatted(folder, groups));
    }
  }

  /** Returns the chain of a group of segments. */
  public CheckpointChain chain(int group) {
    return new CheckpointChain(
        folder + String.format(Locale.ROOT, "%06d/", group), run + "/" + group);
  }
}
