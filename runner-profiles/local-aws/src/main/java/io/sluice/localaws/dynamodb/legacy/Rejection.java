/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.legacy;

import io.sluice.localaws.dynamodb.value.DynamoDbException;

/** Makes the errors of legacy parameters. */
final class Rejection {

  private Rejection() {}

  /** Makes a ValidationException for what a parameter says of an attribute. */
  static DynamoDbException of(String attribute, String reason) {
    return DynamoDbException.invalid(reason + " for Attribute: " + attribute);
  }
}
