/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.bucket;

import java.io.IOException;

/** Says that a bucket does not exist. */
public final class NoSuchBucketException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Says so of {@code bucket}. */
  public NoSuchBucketException(String bucket) {
    super("The specified bucket does not exist: " + bucket);
  }
}
