/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.intake;

/**
 * Counts what an import has done.
 *
 * @param bytes read, after decompression
 * @param imported items that were put, also over one another
 * @param errors records that are no item of the table, and objects that end with an error
 */
record Counts(long bytes, long imported, long errors) {

  static final Counts NONE = new Counts(0, 0, 0);

  /** Counts all records. */
  long processed() {
    return imported + errors;
  }
}
