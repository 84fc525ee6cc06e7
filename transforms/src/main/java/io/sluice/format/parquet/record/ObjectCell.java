/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.io.api.Converter;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A group, whose value is made an object as it is read. */
public final class ObjectCell extends ConvertedCell {
  private boolean isThere;
  private @Nullable Object value;

  /**
   * @param converter makes what passes the value on
   */
  public ObjectCell(String name, Function<Consumer<@Nullable Object>, Converter> converter) {
    super(name, converter);
  }

  @Override
  void add(@Nullable Object read) {
    value = read;
    isThere = true;
  }

  @Override
  public void clear() {
    isThere = false;
    value = null;
  }

  @Override
  public boolean isNull() {
    return !isThere;
  }

  @Override
  public @Nullable Object value() {
    return value;
  }
}
