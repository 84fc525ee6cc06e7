/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet;

import io.sluice.format.columnar.ColumnarValue;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Reads Parquet's binary encoding of variants as {@link ColumnarValue} values: objects as maps,
 * arrays as lists, numbers exactly. Sizes and counts in it are checked against its bytes before
 * anything is allocated, and no byte is read twice: offsets that point to one another cannot make
 * the result larger than the input.
 */
final class VariantBytes {
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;
  private static final int MAX_SCALE = 38;

  private final byte[] value;
  private final VariantNames names;
  private int taken;
  private int levels;

  private VariantBytes(byte[] value, VariantNames names) {
    this.value = value;
    this.names = names;
  }

  /**
   * Reads the value of a variant.
   *
   * @throws InvalidItemException MALFORMED when it is not a variant, NESTING when it is too deep
   */
  static @Nullable Object read(byte[] value, VariantNames names) throws InvalidItemException {
    return new VariantBytes(value, names).read(0);
  }

  static InvalidItemException malformed(String what) {
    return new InvalidItemException(Reason.MALFORMED, "a variant that is damaged: " + what);
  }

  private @Nullable Object read(int at) throws InvalidItemException {
    take(at, 1);
    int header = (value[at] & 0xFF) >>> 2;
    return switch (value[at] & 3) {
      case 0 -> primitive(header, at + 1);
      case 1 -> ColumnarValue.string(bytes(at + 1, header));
      case 2 -> object(header, at + 1);
      default -> array(header, at + 1);
    };
  }

  private @Nullable Object primitive(int type, int at) throws InvalidItemException {
    return switch (type) {
      case 0 -> null;
      case 1 -> true;
      case 2 -> false;
      case 3 -> signed(at, 1);
      case 4 -> signed(at, 2);
      case 5 -> signed(at, 4);
      case 6 -> signed(at, 8);
      case 7 -> Double.longBitsToDouble(signed(at, 8));
      case 8 -> decimal(at, 4);
      case 9 -> decimal(at, 8);
      case 10 -> decimal(at, 16);
      case 11 -> ColumnarValue.date(signed(at, 4));
      case 12 -> ColumnarValue.timestamp(signed(at, 8), MICROS, true);
      case 13 -> ColumnarValue.timestamp(signed(at, 8), MICROS, false);
      case 14 -> Float.intBitsToFloat((int) signed(at, 4));
      case 15 -> bytes(at + 4, length(at));
      case 16 -> ColumnarValue.string(bytes(at + 4, length(at)));
      case 17 -> ColumnarValue.time(signed(at, 8), MICROS);
      case 18 -> ColumnarValue.timestamp(signed(at, 8), NANOS, true);
      case 19 -> ColumnarValue.timestamp(signed(at, 8), NANOS, false);
      case 20 -> ColumnarValue.uuid(bytes(at, 16));
      default -> throw malformed("a type that is not known");
    };
  }

  private long signed(int at, int size) throws InvalidItemException {
    take(at, size);
    return new BigInteger(reversed(at, size)).longValue();
  }

  private BigDecimal decimal(int at, int size) throws InvalidItemException {
    take(at, 1 + size);
    if (value[at] < 0 || value[at] > MAX_SCALE) {
      throw malformed("a decimal's scale");
    }
    return new BigDecimal(new BigInteger(reversed(at + 1, size)), value[at]);
  }

  private byte[] reversed(int at, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = value[at + size - 1 - i];
    }
    return bytes;
  }

  private int length(int at) throws InvalidItemException {
    take(at, 4);
    return unsigned(value, at, 4);
  }

  private byte[] bytes(int at, int size) throws InvalidItemException {
    take(at, size);
    return Arrays.copyOfRange(value, at, at + size);
  }

  private Map<String, Object> object(int header, int at) throws InvalidItemException {
    int offsetSize = (header & 3) + 1;
    int idSize = (header >>> 2 & 3) + 1;
    int countSize = (header & 16) == 0 ? 1 : 4;
    take(at, countSize);
    int count = unsigned(value, at, countSize);
    int ids = at + countSize;
    take(ids, (long) count * idSize);
    int offsets = ids + count * idSize;
    int values = values(offsets, offsetSize, count);
    enter();
    Map<String, Object> fields = new LinkedHashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      String name = names.name(unsigned(value, ids + i * idSize, idSize));
      if (fields.containsKey(name)) {
        throw malformed("a name that occurs twice");
      }
      fields.put(name, read(place(values, offsets, offsetSize, i)));
    }
    levels--;
    return fields;
  }

  private List<@Nullable Object> array(int header, int at) throws InvalidItemException {
    int offsetSize = (header & 3) + 1;
    int countSize = (header & 4) == 0 ? 1 : 4;
    take(at, countSize);
    int count = unsigned(value, at, countSize);
    int offsets = at + countSize;
    int values = values(offsets, offsetSize, count);
    enter();
    List<@Nullable Object> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(read(place(values, offsets, offsetSize, i)));
    }
    levels--;
    return elements;
  }

  /** Returns where the values begin, after {@code count} offsets and one for their end. */
  private int values(int offsets, int offsetSize, int count) throws InvalidItemException {
    take(offsets, (count + 1L) * offsetSize);
    return offsets + (count + 1) * offsetSize;
  }

  private int place(int values, int offsets, int offsetSize, int i) throws InvalidItemException {
    int offset = unsigned(value, offsets + i * offsetSize, offsetSize);
    if (offset >= value.length - values) {
      throw malformed("a place beyond its end");
    }
    return values + offset;
  }

  private void enter() throws InvalidItemException {
    if (++levels > ColumnarValue.MAX_LEVELS) {
      throw new InvalidItemException(
          Reason.NESTING, "a variant of more than " + ColumnarValue.MAX_LEVELS + " levels");
    }
  }

  /** Counts bytes as read; a value cannot read more bytes than it has. */
  private void take(int at, long size) throws InvalidItemException {
    if (size > value.length - taken || size > value.length - at) {
      throw malformed("a size beyond its end");
    }
    taken += (int) size;
  }

  private static int unsigned(byte[] bytes, int at, int size) throws InvalidItemException {
    int number = 0;
    for (int i = size - 1; i >= 0; i--) {
      number = number << 8 | bytes[at + i] & 0xFF;
    }
    if (number < 0) {
      throw malformed("a size beyond its end");
    }
    return number;
  }

  /** The names of the fields of a variant's objects, which Parquet calls its metadata. */
  static final class VariantNames {
    private final byte[] bytes;
    private final int offsetSize;
    private final int strings;
    private final @Nullable String[] names;

    /**
     * Reads the names.
     *
     * @throws InvalidItemException MALFORMED when it is not the metadata of a variant
     */
    VariantNames(byte[] bytes) throws InvalidItemException {
      this.bytes = bytes;
      if (bytes.length == 0 || (bytes[0] & 15) != 1) {
        throw malformed("its version is not known");
      }
      this.offsetSize = (bytes[0] >>> 6 & 3) + 1;
      if (bytes.length < 1 + offsetSize) {
        throw malformed("its names are cut short");
      }
      int count = unsigned(bytes, 1, offsetSize);
      if ((count + 2L) * offsetSize > bytes.length - 1) {
        throw malformed("more names than it can hold");
      }
      this.strings = 1 + (count + 2) * offsetSize;
      this.names = new String[count];
    }

    private String name(int id) throws InvalidItemException {
      if (id >= names.length) {
        throw malformed("a name that it does not have");
      }
      String name = names[id];
      if (name == null) {
        int start = unsigned(bytes, 1 + (id + 1) * offsetSize, offsetSize);
        int end = unsigned(bytes, 1 + (id + 2) * offsetSize, offsetSize);
        if (start > end || end > bytes.length - strings) {
          throw malformed("a name beyond its end");
        }
        byte[] utf8 = Arrays.copyOfRange(bytes, strings + start, strings + end);
        if (!(ColumnarValue.string(utf8) instanceof String text)) {
          throw malformed("a name that is not valid UTF-8");
        }
        name = text;
        names[id] = name;
      }
      return name;
    }
  }
}
