/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import io.sluice.item.ItemDraft;
import java.util.function.LongFunction;

/** A column of INT32 or INT64: whole numbers, decimals, or what is counted since some time. */
public final class WholeCell extends ScalarCell {
  private final LongFunction<Object> reader;
  private final int scale;
  private long value;

  private WholeCell(String name, LongFunction<Object> reader, Form form, int scale) {
    super(name, form);
    this.reader = reader;
    this.scale = scale;
  }

  /** Creates a cell of values that only the reader can name. */
  public static WholeCell ofObjects(String name, LongFunction<Object> reader) {
    return new WholeCell(name, reader, Form.OBJECT, 0);
  }

  /**
   * Creates a cell of numbers.
   *
   * @param scale how many digits are behind the point
   */
  public static WholeCell ofNumbers(String name, LongFunction<Object> reader, int scale) {
    return new WholeCell(name, reader, Form.NUMBER, scale);
  }

  @Override
  public void addInt(int read) {
    addLong(read);
  }

  @Override
  public void addLong(long read) {
    value = read;
    setThere();
  }

  @Override
  public Object value() {
    return reader.apply(value);
  }

  @Override
  public boolean write(ItemDraft item, Spelling spelling) {
    return spelling == Spelling.CANONICAL
        ? item.canonicalNumber(value, scale)
        : item.number(value, scale);
  }
}
