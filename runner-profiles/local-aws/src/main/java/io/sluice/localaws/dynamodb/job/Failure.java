/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.job;

import io.sluice.localaws.dynamodb.bucket.NoSuchBucketException;
import io.sluice.localaws.dynamodb.value.DynamoDbException;

/**
 * Says why a job failed.
 *
 * @param code FailureCode
 * @param message FailureMessage
 */
public record Failure(String code, String message) {

  /** Says what an exception means for a job. */
  public static Failure of(Exception e) {
    if (e instanceof NoSuchBucketException) {
      return new Failure(
          "S3NoSuchBucket",
          "The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: "
              + "NoSuchBucket)");
    }
    if (e instanceof DynamoDbException error) {
      return new Failure(error.type(), error.getMessage());
    }
    return new Failure("InternalServerError", "The job ended with " + e.getClass().getSimpleName());
  }
}
