/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Finds the types of values, including those that the SDK's builders allow and DynamoDB does not.
 */
public final class Values {
  /** The message about a value for which {@link #typeOf} is null. */
  public static final String NO_TYPE = "a value has no type, more than one, or is NULL=false";

  /**
   * The maximum depth to which the codecs follow a value: far beyond DynamoDB's 32 levels, and safe
   * for any thread's stack.
   */
  static final int MAX_DEPTH = 100;

  private Values() {}

  /** Returns the type of a usable value; null for one that has no meaning to DynamoDB. */
  public static AttributeValue.@Nullable Type typeOf(@Nullable AttributeValue value) {
    AttributeValue.Type type = value == null ? null : value.type();
    if (value == null || type == null) {
      return null;
    }
    // builder().s("x").s(null) still calls itself an S, so the content is checked too.
    boolean usable =
        switch (type) {
          case S -> value.s() != null;
          case N -> value.n() != null;
          case B -> value.b() != null;
          case BOOL -> value.bool() != null;
          case NUL -> Boolean.TRUE.equals(value.nul());
          case SS -> value.hasSs();
          case NS -> value.hasNs();
          case BS -> value.hasBs();
          case L -> value.hasL();
          case M -> value.hasM();
          case UNKNOWN_TO_SDK_VERSION -> false;
        };
    return usable ? type : null;
  }

  /**
   * Returns the type of a value.
   *
   * @throws IllegalArgumentException when it has no usable type
   */
  public static AttributeValue.Type requireType(@Nullable AttributeValue value) {
    AttributeValue.Type type = typeOf(value);
    if (type == null) {
      throw new IllegalArgumentException(NO_TYPE);
    }
    return type;
  }

  public static void checkDepth(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "values are nested more than " + MAX_DEPTH + " levels deep");
    }
  }
}
