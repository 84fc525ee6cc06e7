/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

/** Creates the exception for bytes that do not encode an item. */
public final class CorruptBytes {
  private CorruptBytes() {}

  public static IllegalArgumentException because(String what) {
    return new IllegalArgumentException("the bytes of an item are corrupt: " + what);
  }
}
