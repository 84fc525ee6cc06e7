/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.job;

import io.sluice.localaws.dynamodb.bucket.NoSuchBucketException;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.io.IOException;
import java.lang.System.Logger.Level;

/**
 * Says why a job failed.
 *
 * @param code FailureCode
 * @param message FailureMessage
 */
public record Failure(String code, String message) {

  private static final System.Logger LOG = System.getLogger(Failure.class.getName());

  /**
   * Says what ended a job.
   *
   * <p>The message has that of the cause only if it cannot be about what is in items: errors of
   * buckets name a bucket and a key, and those of the server a table.
   */
  public static Failure of(Throwable cause) {
    if (cause instanceof NoSuchBucketException) {
      return new Failure(
          "S3NoSuchBucket",
          "The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: "
              + "NoSuchBucket)");
    }
    if (cause instanceof DynamoDbException e) {
      return new Failure(e.type(), e.getMessage());
    }
    return internal(
        cause.getClass().getSimpleName(), cause instanceof IOException ? cause.getMessage() : null);
  }

  private static Failure internal(String type, String reason) {
    return new Failure(
        "InternalServerError",
        "The job ended with " + type + (reason == null ? "" : ": " + reason));
  }

  /** Logs what ended a job; call it when the end is noted, because it can go wrong itself. */
  public static void log(String arn, Throwable cause) {
    LOG.log(Level.ERROR, () -> arn + " failed", cause);
  }
}
