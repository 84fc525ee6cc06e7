/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.table;

import io.sluice.localaws.dynamodb.value.DynamoDbException;

/** Makes the errors that begin with what the service says of most bad parameters. */
final class Invalid {

  private Invalid() {}

  /** Makes a ValidationException that gives {@code reason}. */
  static DynamoDbException because(String reason) {
    return DynamoDbException.validation("One or more parameter values were invalid: " + reason);
  }
}
