/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format.columnar;

import io.sluice.item.AttributePath;
import io.sluice.item.InvalidItemException;
import io.sluice.item.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Tracks the current path within a marked record, and the NULLs that the record lists at and below
 * that path.
 */
final class RoundTripCursor {
  private final AttributePath path = new AttributePath();
  private Listed here = Listed.NOTHING;
  private int left;

  /** The listed NULLs at and below a path, from a list of JSON pointers (RFC 6901). */
  private static final class Listed {
    static final Listed NOTHING = new Listed();

    private final Map<String, Listed> below = new HashMap<>();
    private boolean isNull;

    Listed below(String step) {
      return below.isEmpty() ? NOTHING : below.getOrDefault(step, NOTHING);
    }
  }

  /** Sets the record's list of NULLs. */
  void list(@Nullable Object pointers) throws InvalidItemException {
    if (pointers == null) {
      return;
    }
    if (!(pointers instanceof List<?> list)) {
      throw invalid("the list of its NULLs is no list");
    }
    here = new Listed();
    left = list.size();
    for (Object pointer : list) {
      if (!(pointer instanceof String text) || !text.startsWith("/")) {
        throw invalid("the list of its NULLs holds what is no JSON pointer");
      }
      Listed place = here;
      for (String step : text.substring(1).split("/", -1)) {
        String name = step.replace("~1", "/").replace("~0", "~");
        place = place.below.computeIfAbsent(name, unused -> new Listed());
      }
      place.isNull = true;
    }
  }

  /** Whether an attribute at the current path, whose column is null, is a NULL. */
  boolean isNull(String attribute) {
    boolean listed = here.below(attribute).isNull;
    left -= listed ? 1 : 0;
    return listed;
  }

  /** Checks that every NULL of the list was found. */
  void checkNulls() throws InvalidItemException {
    if (left != 0) {
      throw invalid("the list of its NULLs names a place that has none");
    }
  }

  /** Reads a value at the current path. */
  interface Reading<T> {
    T read() throws InvalidItemException;
  }

  /** Reads an attribute of the current value. */
  <T> T at(String attribute, Reading<T> reading) throws InvalidItemException {
    Listed around = here;
    here = around.below(attribute);
    path.push(attribute);
    T value = reading.read();
    path.pop();
    here = around;
    return value;
  }

  /** Reads an element of the current value. */
  <T> T at(int index, Reading<T> reading) throws InvalidItemException {
    Listed around = here;
    here = around == Listed.NOTHING ? around : around.below(String.valueOf(index));
    path.push(index);
    T value = reading.read();
    path.pop();
    here = around;
    return value;
  }

  /** Returns the exception for a current value that does not match the file's schema. */
  InvalidItemException invalid(String what) {
    return path.invalid(Reason.MALFORMED, what);
  }

  InvalidItemException invalid(Reason reason, String what) {
    return path.invalid(reason, what);
  }
}
