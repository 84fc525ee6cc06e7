/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

/** The exit codes of the program. */
public final class ExitCode {
  /** Everything that was read is written, or otherwise accounted for. */
  public static final int OK = 0;

  /** The job failed. */
  public static final int FAILED = 1;

  /** The arguments are invalid; nothing was started. */
  public static final int USAGE = 2;

  /** More rejections or deletes than allowed, or items that {@code --prune} spared. */
  public static final int REJECTIONS = 3;

  /** The table differs from the input. */
  public static final int DIFFERENT = 4;

  private ExitCode() {}
}
