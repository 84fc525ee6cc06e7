/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import java.time.Instant;
import java.util.Map;

/** What the manifest of a merge says about how it was made. */
final class MergedOptions {
  static final String AS_OF = "asOf";
  static final String CONSISTENCY = "consistency";
  static final String DELTAS = "deltas";

  /** Values of {@link #DELTAS}. */
  static final String CAPTURED = "CAPTURED";

  static final String INCREMENTAL_EXPORTS = "INCREMENTAL_EXPORTS";

  /** Values of {@link #CONSISTENCY}. */
  private static final String POINT_IN_TIME = "POINT_IN_TIME";

  static final String WITH_PASSING_ITEMS = "POINT_IN_TIME_WITH_PASSING_ITEMS";

  private static final String BASE = "base";

  private MergedOptions() {}

  static Map<String, String> of(Base base, Deltas.Range range, Instant asOf) {
    boolean isExact = range.isExact() && !base.mayHavePassingItems();
    return Map.of(
        BASE,
        base.place(),
        AS_OF,
        asOf.toString(),
        DELTAS,
        range.kind(),
        CONSISTENCY,
        isExact ? POINT_IN_TIME : WITH_PASSING_ITEMS);
  }
}
