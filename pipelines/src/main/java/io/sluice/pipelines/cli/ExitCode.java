/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

/** How the program ends. */
public final class ExitCode {
  /** Everything that was read is written, or accounted for as allowed. */
  public static final int OK = 0;

  /** The job failed. */
  public static final int FAILED = 1;

  /** The arguments make no sense; nothing was started. */
  public static final int USAGE = 2;

  /** More rejections than {@code --maxRejects}. */
  public static final int REJECTIONS = 3;

  /** The table differs from the input. */
  public static final int DIFFERENT = 4;

  private ExitCode() {}
}
