/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.failure;

import java.io.IOException;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Hands the failure of a thread of our own over to the thread that waits for it, and that the
 * runner knows. An {@link Error}, too: it ends a job. Thread-safe.
 */
public final class ThreadFailure {
  private volatile @Nullable Throwable failure;

  /** Sets the failure; takes no memory, of which there may be none left. */
  public void set(Throwable problem) {
    failure = problem;
  }

  /** Whether there is one. */
  public boolean isSet() {
    return failure != null;
  }

  /**
   * Throws the failure, if there is one.
   *
   * @throws IOException the failure itself; a new one with that as its cause when a thread was
   *     interrupted
   */
  public void throwIfSet() throws IOException {
    Throwable problem = failure;
    if (problem instanceof IOException e) {
      throw e;
    } else if (problem instanceof RuntimeException e) {
      throw e;
    } else if (problem instanceof Error e) {
      throw e;
    } else if (problem != null) {
      throw new IOException("a thread was interrupted", problem);
    }
  }
}
