/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.record.Change;
import java.io.Serializable;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The order of the records of several windows of time: the later a window ends, the later is the
 * state that it has; then by the time of the write.
 */
final class WindowOrder implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MICROS_BITS = 64;

  /** The ends of the windows, each once, in order; a window's rank is the place of its end. */
  private final ArrayList<Instant> ends;

  /** By rank, the first moment of all windows that end later. */
  private final long[] laterFromMicros;

  private WindowOrder(ArrayList<Instant> ends, long[] laterFromMicros) {
    this.ends = ends;
    this.laterFromMicros = laterFromMicros;
  }

  static WindowOrder of(List<ExportWindow> windows) {
    TreeSet<Instant> ends = new TreeSet<>();
    windows.forEach(window -> ends.add(window.to()));
    ArrayList<Instant> ordered = new ArrayList<>(ends);
    long[] laterFrom = new long[ordered.size()];
    for (int rank = 0; rank < laterFrom.length; rank++) {
      Instant end = ordered.get(rank);
      laterFrom[rank] =
          windows.stream()
              .filter(window -> window.to().isAfter(end))
              .mapToLong(window -> micros(window.from()))
              .min()
              .orElse(Long.MAX_VALUE);
    }
    return new WindowOrder(ordered, laterFrom);
  }

  /** Returns the rank of a window that is one of these: the greater it is, the later it ends. */
  int rank(ExportWindow window) {
    return ends.indexOf(window.to());
  }

  /** Puts a change, whose place is the time of its write, into the order of the windows. */
  static Change place(Change change, int rank) {
    return change.withSequence(
        BigInteger.valueOf(rank).shiftLeft(MICROS_BITS).add(change.sequence()));
  }

  /**
   * Whether a later window has the time of this write, too. Then it has a record of the key, unless
   * the item was put and deleted again within it: so if this is the last record, the item is gone.
   */
  boolean isRepeatedLater(Change last) {
    int rank = last.sequence().shiftRight(MICROS_BITS).intValueExact();
    long micros =
        last.sequence().subtract(BigInteger.valueOf(rank).shiftLeft(MICROS_BITS)).longValueExact();
    return laterFromMicros[rank] <= micros && micros < micros(ends.get(rank));
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
