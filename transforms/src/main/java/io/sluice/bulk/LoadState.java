/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How far an operation of DynamoDB is.
 *
 * @param id its ARN
 * @param started when
 * @param written items that it has written; known at its end
 * @param bytes that AWS charges for; known at its end
 * @param failure why it failed; null if it did not
 */
record LoadState(
    String id, Status status, Instant started, long written, long bytes, @Nullable String failure) {

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
