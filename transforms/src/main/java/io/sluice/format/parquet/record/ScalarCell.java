/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.parquet.record;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;

/** A column of one of Parquet's primitive types, which takes its value itself. */
abstract class ScalarCell extends PrimitiveConverter implements RecordCell {
  private final String name;
  private final Form form;
  private boolean isThere;

  ScalarCell(String name, Form form) {
    this.name = name;
    this.form = form;
  }

  /** Makes the cell one that has a value. */
  final void setThere() {
    isThere = true;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Form form() {
    return form;
  }

  @Override
  public final Converter converter() {
    return this;
  }

  @Override
  public final void clear() {
    isThere = false;
  }

  @Override
  public final boolean isNull() {
    return !isThere;
  }
}
