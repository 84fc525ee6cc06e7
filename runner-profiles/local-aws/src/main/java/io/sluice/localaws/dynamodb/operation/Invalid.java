/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.operation;

import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Wording;
import java.util.function.Supplier;

/** Makes the errors of requests, as the two layers of the service word them. */
public final class Invalid {

  private static final String DETECTED = "1 validation error detected: ";

  private Invalid() {}

  /** Makes the error for a member that does not satisfy a constraint, in the current wording. */
  public static DynamoDbException constraint(String path, String constraint) {
    return DynamoDbException.validation(
        DETECTED
            + "Value at '"
            + path
            + "' failed to satisfy constraint: Member must have "
            + constraint);
  }

  /** Makes the error for items of a batch that have the same key. */
  public static DynamoDbException duplicates() {
    return DynamoDbException.validation("Provided list of item keys contains duplicates");
  }

  /** Makes the error for a list of a batch that is too long. */
  public static DynamoDbException tooMany(String operation) {
    return DynamoDbException.validation("Too many items requested for the " + operation + " call");
  }

  /**
   * Words the errors of {@code checks} as PutItem, DeleteItem and UpdateItem do all that they find
   * before they look for the table; the older layer has no more to say than what is wrong.
   */
  public static <T> T enveloped(Wording wording, Supplier<T> checks) {
    return wording == Wording.CURRENT ? enveloped(checks) : checks.get();
  }

  /** Words the errors of {@code checks} as the current layer does those of writes. */
  public static <T> T enveloped(Supplier<T> checks) {
    try {
      return checks.get();
    } catch (DynamoDbException e) {
      throw e.type().equals("ValidationException")
          ? DynamoDbException.validation(DETECTED + e.getMessage())
          : e;
    }
  }
}
