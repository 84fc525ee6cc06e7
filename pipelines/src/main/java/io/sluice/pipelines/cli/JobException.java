/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import io.sluice.report.JobReport;
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The exception for a job that cannot go on, for a reason that fits one line: what, where, and what
 * to do. Ends the program with that line.
 */
public final class JobException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable JobReport report;

  public JobException(String message) {
    super(message);
    report = null;
  }

  public JobException(String message, Throwable cause) {
    super(message, cause);
    report = null;
  }

  /**
   * Creates the exception.
   *
   * @param report of what was done nevertheless; null when nothing is known about it
   */
  public JobException(String message, @Nullable Throwable cause, @Nullable JobReport report) {
    super(message, cause);
    this.report = report;
  }

  /** Returns the report of what was done nevertheless; null when nothing is known about it. */
  public @Nullable JobReport report() {
    return report;
  }

  /** Prints what was done nevertheless, if it is known, and returns this exception to be thrown. */
  public JobException after(Consumer<JobReport> summary) {
    if (report != null) {
      summary.accept(report);
    }
    return this;
  }
}
