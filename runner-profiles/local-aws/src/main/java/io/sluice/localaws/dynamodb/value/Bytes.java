/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.value;

import java.util.Arrays;
import java.util.Base64;

/** Holds bytes that never change, ordered as unsigned numbers from the first byte on. */
public final class Bytes implements Comparable<Bytes> {

  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}. */
  public static Bytes of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
  }

  /** Takes over {@code bytes}, which nobody else may change from now on. */
  static Bytes wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Bytes(bytes);
  }

  /** Counts the bytes. */
  public int size() {
    return bytes.length;
  }

  /** Reads the byte at {@code index}. */
  public byte at(int index) {
    return bytes[index];
  }

  /** Copies the bytes into a new array. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** Reports whether these bytes begin with those of {@code prefix}. */
  public boolean startsWith(Bytes prefix) {
    int length = prefix.bytes.length;
    return length <= bytes.length && Arrays.equals(bytes, 0, length, prefix.bytes, 0, length);
  }

  /** Reports whether these bytes have those of {@code part} in a row somewhere. */
  public boolean contains(Bytes part) {
    int length = part.bytes.length;
    for (int from = 0; from + length <= bytes.length; from++) {
      if (Arrays.equals(bytes, from, from + length, part.bytes, 0, length)) {
        return true;
      }
    }
    return false;
  }

  /** Exposes the array itself, to this package alone, which never changes it. */
  byte[] array() {
    return bytes;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Encodes the bytes in base 64, as the service's JSON has them. */
  @Override
  public String toString() {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
