/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.coordination.JobFolder;
import io.sluice.dynamodb.session.Progress;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ProgressLines;
import io.sluice.pipelines.cli.SluiceOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How the progress of a job is shown.
 *
 * @param isJson whether programs read it
 */
public record ProgressSettings(boolean isJson) {

  public static ProgressSettings of(SluiceOptions options) {
    return new ProgressSettings(ProgressLines.areWanted(options));
  }

  /**
   * Begins to show progress, if anybody is watching; returns null otherwise, which
   * try-with-resources accepts. It covers the readers or writers of this JVM or, on a cluster, of
   * all JVMs that divide the budget through a folder. Without that, and without a terminal, they
   * log a line from time to time.
   *
   * @param before what the job does before there is progress
   * @param folder in which the JVMs of a cluster tell what they do; null for this JVM
   */
  public @Nullable RunningProgress watch(
      Progress.Kind watched, String before, @Nullable JobFolder folder, Console console) {
    return isJson
        ? JsonProgress.begin(watched, folder, console)
        : LiveProgress.ifWatched(watched, before, folder);
  }
}
