/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.codec;

import java.util.Arrays;

/**
 * Caches attribute names by their bytes. A table has few names and very many items: one String per
 * name saves memory, and its hash code is already computed.
 *
 * <p>The cache holds at most 1,024 names of at most 64 bytes. It is shared without a lock: an entry
 * is immutable, and a lost update costs one more decoding.
 */
public final class NameCache {
  private static final int SLOTS = 1024;
  private static final int MAX_BYTES = 64;
  private static final Entry[] ENTRIES = new Entry[SLOTS];

  private static final class Entry {
    private final byte[] utf8;
    private final String name;

    Entry(byte[] utf8, String name) {
      this.utf8 = utf8;
      this.name = name;
    }
  }

  private NameCache() {}

  public static String get(byte[] bytes, int offset, int length) {
    if (length > MAX_BYTES) {
      return Utf8.decode(bytes, offset, length);
    }
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = hash * 31 + bytes[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    Entry entry = ENTRIES[slot];
    if (entry != null
        && Arrays.equals(entry.utf8, 0, entry.utf8.length, bytes, offset, offset + length)) {
      return entry.name;
    }
    String name = Utf8.decode(bytes, offset, length);
    ENTRIES[slot] = new Entry(Arrays.copyOfRange(bytes, offset, offset + length), name);
    return name;
  }
}
