/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.change.json.JsonPieces;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Counts the brackets of lists around records: of a list that is not closed the rest is missing.
 * Perhaps it is in another file.
 */
final class Brackets implements JsonPieces.Lists {
  private long openAt = Fragment.NONE;
  private boolean isOpenOfObject;
  private long closedBefore = Fragment.NONE;
  private boolean isClosedOfObject;
  private boolean isBegun;

  @Override
  public boolean open(long offset, boolean ofObject) {
    isBegun = true;
    if (openAt != Fragment.NONE) {
      return false;
    }
    openAt = offset;
    isOpenOfObject = ofObject;
    return true;
  }

  @Override
  public boolean close(long offset, boolean ofObject) {
    boolean isFirst = !isBegun;
    isBegun = true;
    if (openAt == Fragment.NONE) {
      if (isFirst) {
        closedBefore = offset;
        isClosedOfObject = ofObject;
      }
      return isFirst;
    }
    openAt = Fragment.NONE;
    return isOpenOfObject == ofObject;
  }

  @Override
  public boolean mayBeOfObject() {
    return openAt == Fragment.NONE || isOpenOfObject;
  }

  /** Returns what is left open on either side; null when nothing is. */
  @Nullable Fragment rest(ChangeFile file) {
    return openAt == Fragment.NONE && closedBefore == Fragment.NONE
        ? null
        : Fragment.ofBrackets(file, closedBefore, isClosedOfObject, openAt, isOpenOfObject);
  }
}
