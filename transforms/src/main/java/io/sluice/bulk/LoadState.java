/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How far an operation of DynamoDB is.
 *
 * @param id its ARN
 * @param written items that it has written; known at its end
 * @param bytes of the files that it has read, decompressed; known at its end
 * @param failure why it failed; null if it did not
 */
record LoadState(String id, Status status, long written, long bytes, @Nullable String failure) {

  /** How far it is. */
  enum Status {
    RUNNING,
    /** It has read all files, and listed the items that it refused. */
    ENDED,
    FAILED
  }

  boolean isRunning() {
    return status == Status.RUNNING;
  }

  /** Returns the last part of the ARN. */
  String shortId() {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
