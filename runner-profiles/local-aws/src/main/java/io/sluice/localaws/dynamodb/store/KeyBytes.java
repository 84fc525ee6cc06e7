/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.localaws.dynamodb.schema.KeyAttribute;
import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.value.Value;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/**
 * Builds keys whose unsigned order, byte by byte, is the order of the values in them.
 *
 * <p>No value's encoding is the start of another's, so several can follow each other. A string (as
 * UTF-8) and bytes end with 00 01, and have 00 FF for each 00. A number is 00 (less than zero), 01
 * (zero) or 02; unless it is zero, its decimal exponent plus 130, two digits a byte, each pair plus
 * 1, and 00. A negative number's bytes after the first are inverted.
 */
final class KeyBytes {

  /** How many bytes the hash of a partition key has. */
  static final int HASH_BYTES = 4;

  private static final int LEAST_EXPONENT = -130;

  private byte[] bytes = new byte[64];
  private int size;

  /** Encodes a partition key: a hash that spreads partitions evenly, and then its values. */
  static byte[] partition(Collection<Value> values) {
    KeyBytes key = new KeyBytes();
    key.size = HASH_BYTES;
    values.forEach(key::append);
    return key.putHash().toArray();
  }

  /** Encodes the partition key of an item that has all its attributes. */
  static byte[] partition(KeySchema schema, Map<String, Value> item) {
    return partition(schema.hash().stream().map(attribute -> item.get(attribute.name())).toList());
  }

  /** Encodes the key of an item that has all the attributes of {@code schema}. */
  static byte[] of(KeySchema schema, Map<String, Value> item) {
    KeyBytes key = new KeyBytes();
    key.size = HASH_BYTES;
    for (KeyAttribute attribute : schema.hash()) {
      key.append(item.get(attribute.name()));
    }
    key.putHash();
    for (KeyAttribute attribute : schema.range()) {
      key.append(item.get(attribute.name()));
    }
    return key.toArray();
  }

  /** Reads the hash at the start of a key. */
  static int hash(byte[] key) {
    return (key[0] << 24) | ((key[1] & 0xFF) << 16) | ((key[2] & 0xFF) << 8) | (key[3] & 0xFF);
  }

  KeyBytes append(byte[] part) {
    reserve(part.length);
    System.arraycopy(part, 0, bytes, size, part.length);
    size += part.length;
    return this;
  }

  KeyBytes append(Collection<Value> values) {
    values.forEach(this::append);
    return this;
  }

  KeyBytes append(Value value) {
    if (value instanceof Value.N number) {
      appendNumber(number.number());
      return this;
    }
    appendStart(value);
    return add(0).add(1);
  }

  /** Appends what all strings, or bytes, have in common that begin with {@code value}. */
  KeyBytes appendStart(Value value) {
    byte[] part;
    if (value instanceof Value.S string) {
      part = string.text().getBytes(UTF_8);
    } else if (value instanceof Value.B binary) {
      part = binary.bytes().toArray();
    } else {
      throw new IllegalArgumentException("a key cannot begin with the type " + value.type());
    }
    // Most have no zero, and then this is all that is needed.
    reserve(part.length + 2);
    for (int i = 0; i < part.length; i++) {
      bytes[size++] = part[i];
      if (part[i] == 0) {
        bytes[size++] = (byte) 0xFF;
        reserve(part.length - i + 2);
      }
    }
    return this;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes the hash of all that follows it, so far, into the first bytes. */
  private KeyBytes putHash() {
    int hash = hash(bytes, HASH_BYTES, size);
    for (int i = 0; i < HASH_BYTES; i++) {
      bytes[i] = (byte) (hash >>> (8 * (HASH_BYTES - 1 - i)));
    }
    return this;
  }

  private void appendNumber(BigDecimal number) {
    int sign = number.signum();
    add(sign + 1);
    if (sign == 0) {
      return;
    }
    int invert = sign < 0 ? 0xFF : 0;
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    add((exponent - LEAST_EXPONENT) ^ invert);
    for (int i = 0; i < digits.length(); i += 2) {
      int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
      add(((digits.charAt(i) - '0') * 10 + low + 1) ^ invert);
    }
    add(invert);
  }

  private KeyBytes add(int b) {
    reserve(1);
    bytes[size++] = (byte) b;
    return this;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  /** Hashes with FNV-1a, and mixes the result so that its high bits depend on all bytes. */
  private static int hash(byte[] bytes, int from, int to) {
    long hash = 0xcbf29ce484222325L;
    for (int i = from; i < to; i++) {
      hash = (hash ^ (bytes[i] & 0xFF)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return (int) (hash >>> 32);
  }
}
