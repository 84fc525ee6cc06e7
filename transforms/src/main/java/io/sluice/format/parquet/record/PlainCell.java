/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import io.sluice.item.ItemDraft;

/** A column of BOOLEAN, FLOAT or DOUBLE. */
public final class PlainCell extends ScalarCell {
  /** Decimals of so few digits that no two of them are the same double. */
  private static final double MOST_UNSCALED = 1e15;

  private static final double[] POWERS = {1, 10, 100, 1000, 10_000};

  private Object value = false;

  private PlainCell(String name, Form form) {
    super(name, form);
  }

  public static PlainCell ofBooleans(String name) {
    return new PlainCell(name, Form.BOOL);
  }

  public static PlainCell ofFloatingPoint(String name) {
    return new PlainCell(name, Form.NUMBER);
  }

  @Override
  public void addBoolean(boolean read) {
    set(read);
  }

  @Override
  public void addFloat(float read) {
    set(read);
  }

  @Override
  public void addDouble(double read) {
    set(read);
  }

  private void set(Object read) {
    value = read;
    setThere();
  }

  @Override
  public Object value() {
    return value;
  }

  @Override
  public boolean write(ItemDraft item, Spelling spelling) {
    if (value instanceof Boolean bool) {
      item.bool(bool);
      return true;
    }
    return value instanceof Double number && number(number, item);
  }

  /**
   * Writes a number of few digits: the fewest that read back as equal are then those, since a
   * quotient of two numbers that are exact is the double that is nearest to the decimal.
   */
  private static boolean number(double number, ItemDraft item) {
    for (int scale = 0; scale < POWERS.length; scale++) {
      double unscaled = Math.rint(number * POWERS[scale]);
      if (!(Math.abs(unscaled) < MOST_UNSCALED)) {
        // Infinite ones and what is not a number among them.
        return false;
      }
      if (unscaled / POWERS[scale] == number) {
        return item.canonicalNumber((long) unscaled, scale);
      }
    }
    return false;
  }
}
