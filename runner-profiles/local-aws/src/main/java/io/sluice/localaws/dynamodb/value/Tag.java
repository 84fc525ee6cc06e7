/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

/** Numbers the types of values, and some of their common cases, in an encoded item. */
final class Tag {

  static final int STRING = 1;

  /** Has a scale and a coefficient of at most 18 digits. */
  static final int NUMBER = 2;

  /** Has a scale and a coefficient of any length. */
  static final int WIDE_NUMBER = 3;

  static final int BYTES = 4;
  static final int TRUE = 5;
  static final int FALSE = 6;
  static final int NULL = 7;
  static final int STRINGS = 8;
  static final int NUMBERS = 9;
  static final int BINARIES = 10;
  static final int LIST = 11;
  static final int MAP = 12;

  private Tag() {}
}
