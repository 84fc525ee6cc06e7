/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.export.Exports;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Says what exports, imports and bulk puts work with.
 *
 * @param background runs them
 * @param exportFiles how many data files an export has, 1 to {@link #MAX_EXPORT_FILES}
 */
public record BucketSettings(
    Buckets buckets, InstantSource clock, Executor background, int exportFiles) {

  /** How many data files an export has unless somebody chooses. */
  public static final int EXPORT_FILES = 4;

  /** How many data files an export can have. */
  public static final int MAX_EXPORT_FILES = Exports.MAX_FILES;

  public BucketSettings {
    if (exportFiles < 1 || exportFiles > MAX_EXPORT_FILES) {
      throw new IllegalArgumentException(
          "exportFiles is " + exportFiles + ", must be 1 to " + MAX_EXPORT_FILES);
    }
  }
}
