/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes of JSON at once, for most bytes of a string need no closer look. */
final class PlainBytes {
  /** How many bytes are looked at. */
  static final int WIDTH = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private PlainBytes() {}

  /**
   * Whether the bytes from there on are ASCII within a string: no quote, no escape, no control
   * character.
   */
  static boolean arePlain(byte[] in, int from) {
    long eight = (long) LONGS.get(in, from);
    long quote = eight ^ (ONES * '"');
    long escape = eight ^ (ONES * '\\');
    // The high bit of each byte that is one of these; a later byte may be marked too, which does no
    // harm.
    long found =
        ((quote - ONES) & ~quote)
            | ((escape - ONES) & ~escape)
            | ((eight - ONES * ' ') & ~eight)
            | eight;
    return (found & HIGH_BITS) == 0;
  }
}
