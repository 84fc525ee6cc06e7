/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.dynamodb.session.Progress;
import io.sluice.pipelines.cli.JobException;
import io.sluice.report.JobReport;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;

/**
 * Runs a job that writes to a table. A failure says how much was done by then, if workers were in
 * this JVM.
 *
 * @param table its name
 * @param work what the job does
 */
public record WritingJob(String table, Work work) {

  /** What a job does to its table, and what the same command does to it afterwards. */
  public enum Work {
    /** Writes all items. */
    ITEMS("item", "written to %s", "writes %s again"),
    /** Puts and deletes the items that changes leave. */
    CHANGES("change", "applied to %s", "applies %s again"),
    /** Writes the items that differ from those of the table. */
    DIFFERENCES("item", "written to %s", "writes what is left"),
    /** Does that, and deletes the items that only the table has. */
    ALL_DIFFERENCES("item", "written to %s or deleted from it", "goes on with what is left");

    private final String one;
    private final String done;
    private final String again;

    Work(String one, String done, String again) {
      this.one = one;
      this.done = done;
      this.again = again;
    }

    private String told(long items, String table) {
      if (items == 0) {
        return "no item is known to be written";
      }
      boolean isOne = items == 1;
      return String.format(
          Locale.ROOT,
          "at least %,d %s %s: the same command %s",
          items,
          isOne ? one + " was" : one + "s were",
          done.formatted(table),
          again.formatted(isOne ? "it" : "them"));
    }
  }

  /**
   * Runs the pipeline, waits for its end, and returns its report.
   *
   * @throws JobException when it failed
   */
  public JobReport run(Pipeline pipeline) {
    long before = Progress.written(table).orElse(0);
    try {
      return JobRunner.run(pipeline);
    } catch (JobException e) {
      OptionalLong written = Progress.written(table);
      if (written.isEmpty()) {
        throw e;
      }
      String told = work.told(written.getAsLong() - before, table);
      throw new JobException(e.getMessage() + "; " + told, e, e.report());
    }
  }
}
