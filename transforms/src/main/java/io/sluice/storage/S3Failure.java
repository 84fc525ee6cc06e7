/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** S3 did not do what was asked of it. The cause says why; this says of which bucket. */
public final class S3Failure extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int DENIED = 403;

  private final String bucket;
  private final long seconds;

  /**
   * @param seconds for how long it was tried again; 0 when that is of no use
   */
  public S3Failure(String bucket, long seconds, Throwable cause) {
    super("S3, bucket " + bucket + ": " + cause.getMessage(), cause);
    this.bucket = bucket;
    this.seconds = seconds;
  }

  /** Whether S3 says that it is not allowed, which it also says of what is not there. */
  public boolean isDenied() {
    return getCause() instanceof SdkServiceException service && service.statusCode() == DENIED;
  }

  public String bucket() {
    return bucket;
  }

  /** For how many seconds it was tried again; 0 when trying again is of no use. */
  public long seconds() {
    return seconds;
  }
}
