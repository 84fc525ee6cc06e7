/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Says which keys a database has: those of a map begin with its number, in four bytes; those with
 * the number 0 are of the storage itself.
 */
final class DiskKeys {

  /** The keys of the names: the number of a map is the value. */
  static final byte[] NAMES = join(prefix(0), new byte[] {0});

  private static final byte[] BOOKS = join(prefix(0), new byte[] {1});
  private static final byte ENTRIES = 0;
  private static final byte WEIGHT = 1;

  private DiskKeys() {}

  /** Encodes the number of a map. */
  static byte[] prefix(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /** Decodes the number of a map. */
  static int number(byte[] prefix) {
    return ByteBuffer.wrap(prefix).getInt();
  }

  /** Gives the key of the name of a map. */
  static byte[] name(String name) {
    return join(NAMES, name.getBytes(UTF_8));
  }

  /** Reads what {@link #name} made. */
  static String name(byte[] key) {
    return new String(key, NAMES.length, key.length - NAMES.length, UTF_8);
  }

  /** Gives the key of how many entries a map has. */
  static byte[] entries(byte[] prefix) {
    return join(join(BOOKS, prefix), new byte[] {ENTRIES});
  }

  /** Gives the key of what the entries of a map weigh. */
  static byte[] weight(byte[] prefix) {
    return join(join(BOOKS, prefix), new byte[] {WEIGHT});
  }

  /** Encodes a sum, as the database adds to it. */
  static byte[] sum(long sum) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(sum).array();
  }

  /** Decodes what {@link #sum(long)} encodes. */
  static long sum(byte[] sum) {
    return ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Appends {@code second} to {@code first}. */
  static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
