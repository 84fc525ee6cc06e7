/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.util.Optional;

/** Keeps the problem that the service would report among those of the values of one map. */
final class Problem {

  static final String INVALID = DynamoDbException.INVALID;
  static final String EMPTY =
      "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
  static final String AMBIGUOUS =
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the"
          + " supported datatypes";
  static final String NO_NAME = "Empty attribute name";
  static final String TOO_DEEP =
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
          + " beyond supported limit";

  /** Lists kinds of problems in the order in which the service looks for them. */
  enum Kind {
    NAME,
    DEPTH,
    VALUE
  }

  private Kind kind;
  private DynamoDbException exception;
  private String attribute;

  /** Keeps the problem, unless there is one that comes before it. */
  void add(Kind kind, String attribute, String message) {
    if (exception == null || kind.compareTo(this.kind) < 0) {
      this.kind = kind;
      this.attribute = attribute;
      this.exception = DynamoDbException.validation(message);
    }
  }

  Optional<DynamoDbException> exception() {
    return Optional.ofNullable(exception);
  }

  Optional<String> attribute() {
    return Optional.ofNullable(attribute);
  }
}
