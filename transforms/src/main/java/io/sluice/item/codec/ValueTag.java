/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

/** The first byte of an encoded value, which says its type. */
public final class ValueTag {
  public static final int S = 0;
  public static final int N_TEXT = 1;

  /** A number without a point: the zigzag varint of its value. */
  public static final int N_WHOLE = 2;

  /** A number with a point: a byte for its scale, then its unscaled value. */
  public static final int N_DECIMAL = 3;

  public static final int B = 4;
  public static final int TRUE = 5;
  public static final int FALSE = 6;
  public static final int NULL = 7;
  public static final int SS = 8;
  public static final int NS = 9;
  public static final int BS = 10;
  public static final int L = 11;
  public static final int M = 12;

  private ValueTag() {}
}
