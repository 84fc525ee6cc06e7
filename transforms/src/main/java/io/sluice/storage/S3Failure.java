/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Thrown when a request to S3 fails for good. The cause says why; this names the bucket. */
public final class S3Failure extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int DENIED = 403;

  private final String bucket;
  private final long seconds;

  /**
   * @param seconds how long it was retried; 0 when retrying makes no sense
   */
  public S3Failure(String bucket, long seconds, Throwable cause) {
    super("S3, bucket " + bucket + ": " + cause.getMessage(), cause);
    this.bucket = bucket;
    this.seconds = seconds;
  }

  /** Whether S3 denies access, which it also does for an object that does not exist. */
  public boolean isDenied() {
    return getCause() instanceof SdkServiceException service && service.statusCode() == DENIED;
  }

  public String bucket() {
    return bucket;
  }

  /** Returns how many seconds the request was retried; 0 when retrying makes no sense. */
  public long seconds() {
    return seconds;
  }
}
