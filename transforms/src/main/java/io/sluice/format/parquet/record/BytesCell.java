/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import io.sluice.item.ItemDraft;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A column of BINARY, FIXED_LEN_BYTE_ARRAY or INT96. */
public final class BytesCell extends ScalarCell {
  private static final Binary NOTHING = Binary.fromConstantByteArray(new byte[0]);

  private final Function<Binary, Object> reader;
  private final int scale;
  private Binary value = NOTHING;

  /** The values of the dictionary. */
  private byte[][] dictionary = {};

  /** Their objects, which are made once. */
  private @Nullable Object[] objects = {};

  /** The number of the value in the dictionary; -1 if it is not from there. */
  private int number = -1;

  private BytesCell(String name, Function<Binary, Object> reader, Form form, int scale) {
    super(name, form);
    this.reader = reader;
    this.scale = scale;
  }

  /**
   * Creates a cell of bytes that are no number.
   *
   * @param form TEXT, BINARY or OBJECT
   */
  public static BytesCell of(String name, Function<Binary, Object> reader, Form form) {
    return new BytesCell(name, reader, form, 0);
  }

  /**
   * Creates a cell of decimals.
   *
   * @param scale how many digits are behind the point
   */
  public static BytesCell ofNumbers(String name, Function<Binary, Object> reader, int scale) {
    return new BytesCell(name, reader, Form.NUMBER, scale);
  }

  @Override
  public void addBinary(Binary read) {
    value = read;
    number = -1;
    setThere();
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary values) {
    dictionary = new byte[values.getMaxId() + 1][];
    objects = new Object[dictionary.length];
    for (int id = 0; id < dictionary.length; id++) {
      dictionary[id] = values.decodeToBinary(id).getBytes();
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    number = id;
    setThere();
  }

  @Override
  public Object value() {
    if (number < 0) {
      return reader.apply(value);
    }
    Object known = objects[number];
    if (known == null) {
      known = reader.apply(Binary.fromConstantByteArray(dictionary[number]));
      objects[number] = known;
    }
    return known;
  }

  @Override
  public boolean write(ItemDraft item, Spelling spelling) {
    if (number >= 0) {
      return write(dictionary[number], 0, dictionary[number].length, item, spelling);
    }
    ByteBuffer bytes = value.toByteBuffer();
    return bytes.hasArray()
        && write(
            bytes.array(),
            bytes.arrayOffset() + bytes.position(),
            bytes.remaining(),
            item,
            spelling);
  }

  private boolean write(byte[] array, int from, int length, ItemDraft item, Spelling spelling) {
    return switch (form()) {
      case TEXT -> item.string(array, from, length);
      case BINARY -> {
        item.binary(array, from, length);
        yield true;
      }
      case NUMBER -> number(array, from, length, item, spelling);
      default -> false;
    };
  }

  private boolean number(byte[] array, int from, int length, ItemDraft item, Spelling spelling) {
    if (length == 0 || length > Long.BYTES) {
      return false;
    }
    // Two's complement: the first byte has the sign.
    long unscaled = array[from];
    for (int i = from + 1; i < from + length; i++) {
      unscaled = unscaled << Byte.SIZE | array[i] & 0xFF;
    }
    return spelling == Spelling.CANONICAL
        ? item.canonicalNumber(unscaled, scale)
        : item.number(unscaled, scale);
  }
}
