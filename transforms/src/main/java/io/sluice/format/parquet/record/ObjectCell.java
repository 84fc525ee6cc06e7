/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import io.sluice.item.ItemDraft;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.io.api.Converter;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A group, whose value is made an object as it is read. */
public final class ObjectCell implements RecordCell {
  private final String name;
  private final Converter converter;
  private boolean isThere;
  private @Nullable Object value;

  /**
   * @param converter makes what passes the value on
   */
  public ObjectCell(String name, Function<Consumer<@Nullable Object>, Converter> converter) {
    this.name = name;
    this.converter = converter.apply(this::set);
  }

  private void set(@Nullable Object read) {
    value = read;
    isThere = true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Form form() {
    return Form.OBJECT;
  }

  @Override
  public Converter converter() {
    return converter;
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

  @Override
  public boolean write(ItemDraft item, Spelling spelling) {
    return false;
  }
}
