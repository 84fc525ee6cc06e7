/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import io.sluice.dynamodb.wire.RequestFailure;
import software.amazon.awssdk.core.exception.SdkException;

/** Thrown when a worker cannot look up its table, and therefore neither reads nor writes it. */
public final class TableLookupException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String table;

  public TableLookupException(String table, SdkException cause) {
    super(
        "The table %s cannot be described: %s".formatted(table, RequestFailure.nameOf(cause)),
        cause);
    this.table = table;
  }

  /** Returns the table's name, or its ARN if that was given. */
  public String table() {
    return table;
  }
}
