/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import java.io.Serializable;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;

/**
 * What of a file may belong to a record that another file begins or ends.
 *
 * @param kind what it is
 * @param file the name of the file
 * @param place of the file among those that continue each other
 * @param offset of the first byte; of brackets where a list is closed that the file does not open
 * @param openAt of brackets where a list is opened that the file does not close
 * @param bytes of brackets for the one that closes and the one that opens a list whether that is of
 *     an object
 */
@DefaultCoder(SerializableCoder.class)
record Fragment(Kind kind, String file, int place, long offset, long openAt, byte[] bytes)
    implements Serializable {

  /** The kinds of fragments, in their order within a file. */
  enum Kind {
    /** All of a file, which has no whole record. */
    ALL,
    /** What is before the first whole record of a file. */
    HEAD,
    /** The brackets of lists that are open at either end. */
    BRACKETS,
    /** A record that the end of the file cuts off. */
    TAIL
  }

  /** Stands for no place. */
  static final long NONE = -1;

  static Fragment of(Kind kind, ChangeFile file, long offset, byte[] bytes) {
    return new Fragment(kind, file.name(), file.place(), offset, NONE, bytes);
  }

  static Fragment ofBrackets(
      ChangeFile file,
      long closedBefore,
      boolean isClosedOfObject,
      long openAt,
      boolean isOpenOfObject) {
    byte[] ofObject = {(byte) (isClosedOfObject ? 1 : 0), (byte) (isOpenOfObject ? 1 : 0)};
    return new Fragment(Kind.BRACKETS, file.name(), file.place(), closedBefore, openAt, ofObject);
  }

  /** Whether the list that is closed is that of an object. */
  boolean isClosedOfObject() {
    return bytes[0] != 0;
  }

  /** Whether the list that is opened is that of an object. */
  boolean isOpenOfObject() {
    return bytes[1] != 0;
  }

  /** Prints nothing of the contents: this may end up in a log. */
  @Override
  public String toString() {
    return kind + " of " + file;
  }
}
