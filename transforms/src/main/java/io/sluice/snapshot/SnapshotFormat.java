/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

/** What the files of a snapshot are written in. */
public enum SnapshotFormat {
  PARQUET,
  AVRO,
  /** A plain JSON object a line. */
  JSON,
  /** With a header. */
  CSV,
  /** As DynamoDB's own full export, in its layout. */
  DYNAMODB_JSON
}
