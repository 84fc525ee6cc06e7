/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Marks failures that would only happen again if a task were run again, such as those of a damaged
 * file. Flink then fails the job at once, under whichever restart strategy. Other runners have no
 * mark, and run a task again as often as they do.
 */
public final class Lasting {
  /** Flink looks for it in the whole chain of causes. */
  private static final String MARK = "org.apache.flink.runtime.execution.SuppressRestartsException";

  private Lasting() {}

  /**
   * Returns the cause to give to an exception, so that it is known to last.
   *
   * @param cause the cause without that; null for none
   */
  public static @Nullable Throwable because(@Nullable Throwable cause) {
    try {
      return (Throwable)
          Class.forName(MARK, true, Lasting.class.getClassLoader())
              .getConstructor(Throwable.class)
              .newInstance(cause);
    } catch (ReflectiveOperationException e) {
      return cause;
    }
  }
}
