/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.format.FileSlice;
import java.io.Serializable;

/**
 * A file of changes, and its place among others.
 *
 * @param slice the whole file
 * @param group the number of the files that continue each other, from 0
 * @param place its place among those, from 0
 * @param isLast whether it is the last of them
 * @param rank its place in the order of all files, from 0
 */
record ChangeFile(FileSlice slice, int group, int place, boolean isLast, int rank)
    implements Serializable {

  String name() {
    return slice.file().toString();
  }

  /** Whether it may begin within a record, which began in the file before. */
  boolean isContinued() {
    return place > 0;
  }
}
