/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

/** The operations of DynamoDB that load items from S3. */
public enum LoadOperation {
  /** Creates a table of the items, and takes no write units. */
  IMPORT_TABLE("ImportTable");

  private final String action;

  LoadOperation(String action) {
    this.action = action;
  }

  /** Returns its name in the API. */
  public String action() {
    return action;
  }
}
