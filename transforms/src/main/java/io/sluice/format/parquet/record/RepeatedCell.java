/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.io.api.Converter;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A repeated field that is not marked as a list: a list of its values, which may be empty. */
public final class RepeatedCell extends ConvertedCell {
  private List<@Nullable Object> values = new ArrayList<>();

  /**
   * @param converter makes what passes the values on
   */
  public RepeatedCell(String name, Function<Consumer<@Nullable Object>, Converter> converter) {
    super(name, converter);
  }

  @Override
  void add(@Nullable Object read) {
    values.add(read);
  }

  @Override
  public void clear() {
    values = new ArrayList<>();
  }

  @Override
  public boolean isNull() {
    return false;
  }

  @Override
  public Object value() {
    return values;
  }
}
