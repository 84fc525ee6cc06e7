/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import org.checkerframework.checker.nullness.qual.Nullable;

/** Thrown when a stream has forgotten records before they were read. */
public final class StreamGapException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StreamGapException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
