/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Says what exports, imports and bulk puts work with.
 *
 * @param background runs them
 * @param exportFiles how many data files an export has, at least 1
 */
public record BucketSettings(
    Buckets buckets, InstantSource clock, Executor background, int exportFiles) {

  /** How many data files an export has unless somebody chooses. */
  public static final int EXPORT_FILES = 4;

  public BucketSettings {
    if (exportFiles < 1) {
      throw new IllegalArgumentException("exportFiles is " + exportFiles + ", must be at least 1");
    }
  }
}
