/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.item.codec.ByteWriter;
import io.sluice.item.codec.Utf8;
import io.sluice.item.codec.Values;
import java.util.Arrays;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The primary key of an item, in canonical bytes: two items of a table are the same item to
 * DynamoDB exactly when these are equal. Numbers are normalised ({@code 1}, {@code 1.0} and {@code
 * 1e0} are one key), and each part carries its length.
 *
 * <p>Keys of different tables cannot be compared: the bytes name neither attributes nor types. The
 * order is that of the unsigned bytes, which is not DynamoDB's order of sort keys.
 */
public final class ItemKey implements Comparable<ItemKey> {
  /** The longest partition key, in bytes. */
  public static final int MAX_PARTITION_KEY_BYTES = 2048;

  /** The longest sort key, in bytes. */
  public static final int MAX_SORT_KEY_BYTES = 1024;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final byte[] bytes;
  private final long hash;

  private ItemKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = hash(bytes);
  }

  /**
   * Returns the key of an item.
   *
   * @throws InvalidItemException KEY_MISSING, KEY_TYPE, KEY_EMPTY, KEY_TOO_LONG (over 2,048 bytes
   *     of partition key or 1,024 of sort key), NOT_UTF8, or the reasons of {@link
   *     ItemNumber#checkSpelling}
   */
  public static ItemKey of(Map<String, AttributeValue> item, KeySchema schema)
      throws InvalidItemException {
    ByteWriter out = new ByteWriter(48);
    write(item, schema.partitionKey(), MAX_PARTITION_KEY_BYTES, out);
    KeyAttribute sortKey = schema.sortKey();
    if (sortKey != null) {
      write(item, sortKey, MAX_SORT_KEY_BYTES, out);
    }
    return new ItemKey(out.toBytes());
  }

  /** Returns the key with these {@link #bytes}, which are not copied and must not change. */
  public static ItemKey ofBytes(byte[] bytes) {
    return new ItemKey(bytes);
  }

  private static void write(
      Map<String, AttributeValue> item, KeyAttribute key, int maxBytes, ByteWriter out)
      throws InvalidItemException {
    AttributeValue value = item.get(key.name());
    if (value == null) {
      throw invalid(key, Reason.KEY_MISSING, "missing");
    }
    AttributeValue.Type type = Values.typeOf(value);
    if (type == null || !type.name().equals(key.type().name())) {
      throw invalid(
          key,
          Reason.KEY_TYPE,
          "of type %s, but the table's key is of type %s".formatted(nameOf(type), key.type()));
    }
    switch (key.type()) {
      case S -> {
        int length = Utf8.length(value.s());
        if (length == Utf8.LONE_SURROGATE) {
          throw invalid(key, Reason.NOT_UTF8, "a string with a lone surrogate");
        }
        checkLength(key, length, maxBytes);
        out.writeString(value.s());
      }
      case B -> {
        byte[] binary = value.b().asByteArrayUnsafe();
        checkLength(key, binary.length, maxBytes);
        out.writeBytes(binary);
      }
      case N -> {
        try {
          ItemNumber.checkSpelling(value.n());
        } catch (InvalidItemException e) {
          throw invalid(key, e.reason(), String.valueOf(e.getMessage()));
        }
        out.writeBytes(ItemNumber.canonical(value.n()).getBytes(UTF_8));
      }
    }
  }

  private static void checkLength(KeyAttribute key, int length, int maxBytes)
      throws InvalidItemException {
    if (length == 0) {
      throw invalid(key, Reason.KEY_EMPTY, "empty");
    }
    if (length > maxBytes) {
      throw invalid(
          key, Reason.KEY_TOO_LONG, "%d bytes long; the limit is %d".formatted(length, maxBytes));
    }
  }

  private static InvalidItemException invalid(KeyAttribute key, Reason reason, String message) {
    return new InvalidItemException(
        reason, "key attribute '" + AttributePath.printable(key.name()) + "': " + message);
  }

  private static String nameOf(AttributeValue.@Nullable Type type) {
    return type == null ? "(none)" : type == AttributeValue.Type.NUL ? "NULL" : type.name();
  }

  /** Returns the canonical bytes; not a copy, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  /**
   * Returns the bucket of this key, from 0; the same in every JVM. Buckets are well mixed: keys
   * that differ in one bit may fall anywhere.
   *
   * @param buckets how many there are, 1 or more
   */
  public int bucket(int buckets) {
    if (buckets < 1) {
      throw new IllegalArgumentException("buckets is " + buckets + ", must be 1 or more");
    }
    // The upper half of the hash as a fraction of 2^32: no modulo, and no bias.
    return (int) (((hash >>> 32) * buckets) >>> 32);
  }

  // FNV-1a over the bytes, then the finaliser of MurmurHash3, because FNV's high bits mix badly.
  private static long hash(byte[] bytes) {
    long h = FNV_OFFSET;
    for (byte b : bytes) {
      h = (h ^ (b & 0xFF)) * FNV_PRIME;
    }
    h ^= h >>> 33;
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    h ^= h >>> 33;
    return h;
  }

  @Override
  public int compareTo(ItemKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ItemKey other && hash == other.hash && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return (int) hash;
  }

  /** Prints the size, never the contents: this may end up in a log. */
  @Override
  public String toString() {
    return "key of " + bytes.length + " bytes";
  }
}
