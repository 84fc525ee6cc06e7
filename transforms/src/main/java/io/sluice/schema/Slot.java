/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.schema;

/**
 * Receives the values that items have in one place of a schema: a column, or a part of one. For
 * each record that surrounds the place, one value or {@link #none} comes.
 *
 * <p>A record begins and ends, and in between its fields receive their values, in any order. A list
 * begins, and before each element comes {@link #next}; so does a map, before each key and its
 * value.
 *
 * <p>A slot throws IllegalStateException for a value that is not of its type.
 */
public abstract class Slot {
  /** The {@link #part} of a list that receives its elements. */
  public static final int ELEMENT = 0;

  /** The {@link #part} of a map that receives its keys. */
  public static final int KEY = 0;

  /** The {@link #part} of a map that receives its values. */
  public static final int VALUE = 1;

  /** Receives null: there is no value, or NULL. */
  public abstract void none();

  /** Receives a boolean. */
  public void bool(boolean value) {
    throw wrongType();
  }

  /** Receives an int. */
  public void number(int value) {
    throw wrongType();
  }

  /** Receives a long. */
  public void number(long value) {
    throw wrongType();
  }

  /** Receives a float. */
  public void number(float value) {
    throw wrongType();
  }

  /** Receives a double. */
  public void number(double value) {
    throw wrongType();
  }

  /**
   * Receives a string or a symbol as UTF-8, bytes, or the digits of a decimal in two's complement.
   *
   * @param bytes to be copied if they are kept: they change after this call
   */
  public void bytes(byte[] bytes, int from, int length) {
    throw wrongType();
  }

  /** Begins a record, a list or a map. */
  public void begin() {
    throw wrongType();
  }

  /** Announces an element of a list, or an entry of a map. */
  public void next() {
    throw wrongType();
  }

  /** Ends a record, a list or a map. */
  public void end() {
    throw wrongType();
  }

  /**
   * Returns the slot of a part, always the same: that of a record's field, by the position of the
   * field; {@link #ELEMENT}, {@link #KEY} or {@link #VALUE}.
   */
  public Slot part(int part) {
    throw wrongType();
  }

  private static IllegalStateException wrongType() {
    return new IllegalStateException("a column of another type");
  }
}
