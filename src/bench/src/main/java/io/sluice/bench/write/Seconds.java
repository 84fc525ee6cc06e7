/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.write;

import io.sluice.testing.dynamodb.Books;
import java.util.List;

/** The write units of each second from the first one in which any were written. */
record Seconds(List<Double> units) {
  /** Leaves out the last second, which is not over. */
  static Seconds of(Books books) {
    List<Double> all = books.writeUnitsPerSecond();
    int first = 0;
    while (first < all.size() && all.get(first) == 0) {
      first++;
    }
    return new Seconds(all.subList(first, Math.max(first, all.size() - 1)));
  }

  int count() {
    return units.size();
  }

  /** Returns the mean of the seconds from this one on, as far as there are any; NaN for none. */
  double mean(int from, int length) {
    if (from < 0 || from >= count()) {
      return Double.NaN;
    }
    return units.subList(from, Math.min(count(), from + length)).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }
}
