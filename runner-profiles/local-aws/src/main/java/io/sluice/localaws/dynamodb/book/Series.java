/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds up units by second. Not safe for several threads at once. */
final class Series {

  private double[] units = new double[16];
  private int seconds;
  private double total;

  /**
   * Adds units.
   *
   * @param second since the books begin
   */
  void add(int second, double more) {
    if (second >= units.length) {
      units = Arrays.copyOf(units, Math.max(second + 1, units.length * 2));
    }
    seconds = Math.max(seconds, second + 1);
    units[second] += more;
    total += more;
  }

  TableBooks.UnitBooks books() {
    List<Double> perSecond = new ArrayList<>(seconds);
    for (int i = 0; i < seconds; i++) {
      perSecond.add(units[i]);
    }
    return new TableBooks.UnitBooks(total, List.copyOf(perSecond));
  }
}
