/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.WorkerOptions;
import io.sluice.storage.Storage;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Where the JVMs of a cluster divide the budget of a job.
 *
 * @param base the folder of the folders of jobs; null for none
 * @param isChosen whether a person has chosen it, or none
 */
public record CoordinationPlan(@Nullable String base, boolean isChosen) {
  private static final String NAME = "_coordination";
  private static final String NONE = "none";

  /**
   * Chooses the folder.
   *
   * @param output a folder that the job writes to, null for none; in S3, the default is below it.
   *     On a disk it may be another folder on each machine.
   */
  public static CoordinationPlan of(WorkerOptions options, @Nullable String output) {
    if (EmbeddedEngine.isHere(options)) {
      return new CoordinationPlan(null, false);
    }
    if (options.getCoordination() != null) {
      boolean isNone = options.getCoordination().equals(NONE);
      return new CoordinationPlan(isNone ? null : options.getCoordination(), true);
    }
    return new CoordinationPlan(
        output == null || !Storage.isS3(output)
            ? null
            : output + (output.endsWith("/") ? "" : "/") + NAME,
        false);
  }
}
