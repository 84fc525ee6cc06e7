/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

/** The operations of DynamoDB that load items from S3. */
public enum LoadOperation {
  /** Creates a table of the items, and takes no write units. */
  IMPORT_TABLE("ImportTable"),
  /** Puts items into a table that exists, and reads no file beyond an item that it refuses. */
  BULK_PUT("StartBulkPutItems");

  private final String action;

  LoadOperation(String action) {
    this.action = action;
  }

  /** Whether a refused item ends its file, so that what follows is left. */
  boolean endsFiles() {
    return this == BULK_PUT;
  }

  /** Returns its name in the API. */
  public String action() {
    return action;
  }
}
