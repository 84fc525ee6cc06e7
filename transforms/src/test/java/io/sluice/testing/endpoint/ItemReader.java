/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.testing.endpoint;

import io.sluice.item.KeyAttribute;

/** Reads an item of a request. */
interface ItemReader {
  /** What the service says of an item that is over 400 KB. */
  String TOO_LARGE = "Item size has exceeded the maximum allowed size";

  String INVALID = "One or more parameter values were invalid: ";

  /** Reads the item that is next, up to behind it. */
  Put read(JsonCursor at) throws ServiceError;

  static String missing(KeyAttribute key) {
    return INVALID + "Missing the key " + key.name() + " in the item";
  }

  static String mismatch(KeyAttribute key, String actual) {
    return INVALID
        + "Type mismatch for key %s expected: %s actual: %s"
            .formatted(key.name(), key.type(), actual);
  }

  static String empty(KeyAttribute key) {
    return "One or more parameter values are not valid. The AttributeValue for a key attribute"
        + " cannot contain an empty value. Key: "
        + key.name();
  }
}
