/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.sluice.item.codec.ByteWriter;
import java.util.Arrays;

/** Compresses the bytes of a page, and decompresses them. */
public final class PageBytes {
  private static final int LEVEL = 1;

  private PageBytes() {}

  /** Compresses the bytes that were written. */
  public static byte[] compress(ByteWriter block) {
    return compress(block.array(), block.size());
  }

  /** Compresses the first bytes of an array. */
  public static byte[] compress(byte[] block, int length) {
    byte[] room = new byte[Math.toIntExact(Zstd.compressBound(length))];
    long size = Zstd.compressByteArray(room, 0, room.length, block, 0, length, LEVEL);
    return Arrays.copyOf(room, (int) size);
  }

  /**
   * Decompresses a page.
   *
   * @param size of the page, decompressed
   * @throws IllegalArgumentException when the page is damaged
   */
  public static byte[] decompress(byte[] compressed, int size) {
    byte[] block = new byte[size];
    try {
      if (Zstd.decompressByteArray(block, 0, size, compressed, 0, compressed.length) == size) {
        return block;
      }
    } catch (ZstdException e) {
      throw new IllegalArgumentException("a page of items is damaged", e);
    }
    throw new IllegalArgumentException("a page of items is damaged");
  }
}
