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

/** A column that a converter makes objects of, so that only the parser knows their bytes. */
abstract class ConvertedCell implements RecordCell {
  private final String name;
  private final Converter converter;

  /**
   * @param converter makes what passes the objects on
   */
  ConvertedCell(String name, Function<Consumer<@Nullable Object>, Converter> converter) {
    this.name = name;
    this.converter = converter.apply(this::add);
  }

  /** Adds an object of the record. */
  abstract void add(@Nullable Object read);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Form form() {
    return Form.OBJECT;
  }

  @Override
  public final Converter converter() {
    return converter;
  }

  @Override
  public final boolean write(ItemDraft item, Spelling spelling) {
    return false;
  }
}
