/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import io.sluice.schema.TableSchema;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Settings of a writer of files.
 *
 * @param schema of the items; null for a format that needs none
 * @param rowGroupBytes how many bytes of a file may be buffered at most, for a format with row
 *     groups
 * @param randomOrder whether the first items of a file are a fair sample of all
 * @param threads how many may write one file, for a format that can be written by several; 1 for
 *     none besides the caller's
 */
public record SinkSettings(
    @Nullable TableSchema schema, long rowGroupBytes, boolean randomOrder, int threads) {

  /** Creates settings for one thread. */
  public SinkSettings(@Nullable TableSchema schema, long rowGroupBytes, boolean randomOrder) {
    this(schema, rowGroupBytes, randomOrder, 1);
  }

  /**
   * Returns the schema.
   *
   * @throws IllegalArgumentException when there is none
   */
  public TableSchema requiredSchema() {
    if (schema == null) {
      throw new IllegalArgumentException("the format needs a schema");
    }
    return schema;
  }
}
