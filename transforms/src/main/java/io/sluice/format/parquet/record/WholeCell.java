/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import io.sluice.item.ItemDraft;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** A column of INT32 or INT64: whole numbers, decimals, or what is counted since some time. */
public final class WholeCell extends PrimitiveConverter implements RecordCell {
  private final String name;
  private final LongFunction<Object> reader;
  private final Form form;
  private final int scale;
  private boolean isThere;
  private long value;

  private WholeCell(String name, LongFunction<Object> reader, Form form, int scale) {
    this.name = name;
    this.reader = reader;
    this.form = form;
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
    isThere = true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Form form() {
    return form;
  }

  @Override
  public Converter converter() {
    return this;
  }

  @Override
  public void clear() {
    isThere = false;
  }

  @Override
  public boolean isNull() {
    return !isThere;
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
