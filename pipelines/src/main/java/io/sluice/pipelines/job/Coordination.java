/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.coordination.DeleteCoordination;
import io.sluice.coordination.JobFolder;
import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.cli.WorkerOptions;
import java.io.IOException;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The folder through which the JVMs of a cluster divide the budget of a job by need. There is none
 * where one JVM does all of the work, or nobody has named a place for it.
 */
public final class Coordination implements AutoCloseable {
  private final @Nullable JobFolder folder;
  private final Console console;

  private Coordination(@Nullable JobFolder folder, Console console) {
    this.folder = folder;
    this.console = console;
  }

  /**
   * Tests whether the folder can be used; prints a line if there is none on a cluster.
   *
   * @param output a folder that the job writes to, null for none; see {@link CoordinationPlan#of}
   * @throws JobException when it cannot be used
   */
  public static Coordination of(WorkerOptions options, @Nullable String output, Console console) {
    CoordinationPlan plan = CoordinationPlan.of(options, output);
    String base = plan.base();
    if (base == null) {
      if (!EmbeddedEngine.isHere(options) && !plan.isChosen()) {
        console.tell(
            "without --coordination, a folder in S3, each JVM has a fixed share of the rate: what"
                + " one does not use is lost");
      }
      return new Coordination(null, console);
    }
    JobFolder folder = JobFolder.newIn(base);
    try {
      folder.prepare();
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          (plan.isChosen()
                  ? "--coordination=" + base
                  : base
                      + ", in which the JVMs divide the rate (--coordination names another folder,"
                      + " or none),")
              + " cannot be used: "
              + UserMessages.oneLine(e),
          e);
    }
    return new Coordination(folder, console);
  }

  /** Returns none, for a job that neither reads nor writes a table. */
  public static Coordination none(Console console) {
    return new Coordination(null, console);
  }

  /** Returns the folder of this job; null when shares are fixed. */
  public @Nullable JobFolder folder() {
    return folder;
  }

  /** Returns the name of the folder of this job; empty when shares are fixed. */
  public String name() {
    return folder == null ? "" : folder.name();
  }

  /**
   * Deletes the folder at the end of the pipeline, also when nobody waits for that; returns the
   * same elements after that.
   */
  public <T> PCollection<T> endWith(PCollection<T> end) {
    return folder == null
        ? end
        : end.apply("Delete coordination", DeleteCoordination.of(folder.name()));
  }

  /** Deletes what is left of the folder, after the end of the job. */
  @Override
  public void close() {
    if (folder == null) {
      return;
    }
    try {
      folder.delete();
    } catch (IOException | RuntimeException e) {
      console.tell(folder.name() + " is not deleted: " + UserMessages.oneLine(e));
    }
  }
}
