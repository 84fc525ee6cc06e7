/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.item.ItemDraft;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A column of a file, with its value in the current record, of which no object is made unless
 * somebody asks for it.
 */
public interface ColumnCell {

  /** What can be written without an object. */
  enum Form {
    /** A string, in UTF-8. */
    TEXT,
    NUMBER,
    BINARY,
    BOOL,
    /** Nothing: lists, groups, and what has to be put into words. */
    OBJECT
  }

  /** The spelling of a number. */
  enum Spelling {
    /** As its column has it: a decimal with all of its digits, zeros at the end included. */
    STORED,
    /** As {@link io.sluice.item.ItemNumber#canonical} has it. */
    CANONICAL
  }

  /** Returns the name of the column. */
  String name();

  /** Returns what {@link #write} writes. */
  Form form();

  /** Whether the current record has no value in the column. */
  boolean isNull();

  /** Returns the value of the current record as one of those of {@link ColumnarValue}. */
  @Nullable Object value();

  /**
   * Writes the value, which is there, as one of the {@link #form}; that is not OBJECT.
   *
   * @return false when only {@link #value} says what it is; anything may have been written then
   */
  boolean write(ItemDraft item, Spelling spelling);
}
