/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.util.Map;

/** Measures values and items in bytes, as DynamoDB bills and limits them. */
public final class Sizes {

  /** Limits an item, in bytes. */
  public static final int MAX_ITEM = 400 * 1024;

  /** Limits how deep lists and maps are nested, in levels. */
  public static final int MAX_DEPTH = 32;

  private Sizes() {}

  /** Adds up the attributes of an item. */
  public static long of(Map<String, Value> item) {
    return 0;
  }

  /** Adds the bytes of an attribute's name and those of its value. */
  public static long of(String name, Value value) {
    return 0;
  }

  /** Measures a value without a name. */
  public static long of(Value value) {
    return 0;
  }

  /** Counts the bytes of {@code text} in UTF-8. */
  public static int utf8(String text) {
    return 0;
  }
}
