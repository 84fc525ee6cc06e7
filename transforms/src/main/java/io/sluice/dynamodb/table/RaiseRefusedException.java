/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

/** Thrown when the write units of a table are not raised or put back, for a reason of one line. */
public final class RaiseRefusedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  RaiseRefusedException(String message) {
    super(message);
  }

  RaiseRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
