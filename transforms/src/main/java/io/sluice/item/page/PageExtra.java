/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.item.page;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What accompanies a page besides its items.
 *
 * @param part of the scan: the pages of a part are written to one file; 0 or more
 * @param summary what whoever read the segment noted about all of its items, on its last page;
 *     empty on the others, and null if nothing was noted
 * @param takenOver whether an earlier start of the job had read it
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record PageExtra(int part, byte @Nullable [] summary, boolean takenOver) {
  static final PageExtra NONE = new PageExtra(0, null, false);

  PageExtra inPart(int other) {
    return new PageExtra(other, summary, takenOver);
  }

  PageExtra withSummary(byte[] other) {
    return new PageExtra(part, other, takenOver);
  }

  PageExtra asTakenOver() {
    return new PageExtra(part, summary, true);
  }
}
