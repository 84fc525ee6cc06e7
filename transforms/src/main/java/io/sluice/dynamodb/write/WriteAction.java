/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.write;

/** A write of a batch: the put of an item, or the delete of the item with a key. */
public enum WriteAction {
  PUT("{\"PutRequest\":{\"Item\":"),
  DELETE("{\"DeleteRequest\":{\"Key\":");

  private final String json;

  WriteAction(String json) {
    this.json = json;
  }

  /** Returns the request up to the item or key, which is followed by two brackets. */
  String json() {
    return json;
  }
}
