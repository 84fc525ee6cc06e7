/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The origin of a record: a file and an offset.
 *
 * @param file the file as the file system names it; empty when the item came from no file
 * @param offset where the record begins, from 0: its first byte in the (decompressed) file, or the
 *     number of records before it in a format whose records have no bytes of their own
 */
public record Origin(String file, long offset) implements Comparable<Origin>, Serializable {

  /** The origin of an item that came from no file. */
  public static final Origin UNKNOWN = new Origin("", 0);

  private static final Comparator<Origin> BY_FILE_AND_OFFSET =
      Comparator.comparing(Origin::file).thenComparingLong(Origin::offset);

  public Origin {
    if (offset < 0) {
      throw new IllegalArgumentException("offset is " + offset + ", must be 0 or more");
    }
  }

  @Override
  public int compareTo(Origin other) {
    return BY_FILE_AND_OFFSET.compare(this, other);
  }

  @Override
  public String toString() {
    return file.isEmpty() ? "(no file)" : file + " at offset " + offset;
  }
}
