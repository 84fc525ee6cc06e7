/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

/** What a file can be. */
public enum Kind {
  CSV,
  TEXT,
  JSON,
  DYNAMODB_JSON,
  DATA_PIPELINE,
  /** Rejections of an earlier run. */
  REJECTS,
  PARQUET,
  AVRO
}
