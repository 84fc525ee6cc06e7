/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.capacity;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Capacity.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ladder of on-demand tables. */
class CapacityTest {
  private static final OnDemandUnits NONE = OnDemandUnits.NONE;
  private static final OnDemandUnits OPTION = new OnDemandUnits(1.0, 2.0);
  private static final OnDemandUnits MAXIMUM = new OnDemandUnits(3.0, 4.0);
  private static final OnDemandUnits WARM = new OnDemandUnits(5.0, 6.0);

  private static Capacity of(double reads, double writes, Source source) {
    return new Capacity(reads, writes, source, source);
  }

  @Test
  void theFirstKnownFigureCounts() {
    assertThat(Capacity.onDemand(OPTION, MAXIMUM, WARM), is(of(1, 2, Source.OPTION)));
    assertThat(Capacity.onDemand(NONE, MAXIMUM, WARM), is(of(3, 4, Source.MAXIMUM)));
    assertThat(Capacity.onDemand(NONE, NONE, WARM), is(of(5, 6, Source.WARM_THROUGHPUT)));
    assertThat(Capacity.onDemand(NONE, NONE, NONE), is(of(12_000, 4_000, Source.NEW_TABLE)));
  }

  @Test
  void readsAndWritesAreLookedUpIndependently() {
    assertThat(
        Capacity.onDemand(new OnDemandUnits(null, 2.0), new OnDemandUnits(3.0, null), WARM),
        is(new Capacity(3, 2, Source.MAXIMUM, Source.OPTION)));
    assertThat(
        Capacity.onDemand(NONE, new OnDemandUnits(null, 4.0), NONE),
        is(new Capacity(12_000, 4, Source.NEW_TABLE, Source.MAXIMUM)));
  }

  @Test
  void anIndexKeepsToItsOwnMaximum() {
    assertThat(Capacity.onDemandIndex(OPTION, MAXIMUM, WARM), is(of(3, 4, Source.MAXIMUM)));
    assertThat(Capacity.onDemandIndex(OPTION, NONE, WARM), is(of(1, 2, Source.OPTION)));
    assertThat(Capacity.onDemandIndex(NONE, NONE, WARM), is(of(5, 6, Source.WARM_THROUGHPUT)));
  }

  @Test
  void reported() {
    assertThat(OnDemandUnits.reported(null, -1L), is(NONE));
    assertThat(OnDemandUnits.reported(0L, 7L), is(new OnDemandUnits(null, 7.0)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void invalidUnitsAreRefused(double units) {
    IllegalArgumentException option =
        assertThrows(IllegalArgumentException.class, () -> new OnDemandUnits(null, units));
    assertThat(option.getMessage(), containsString("writes " + units));
    IllegalArgumentException capacity =
        assertThrows(IllegalArgumentException.class, () -> of(units, 1, Source.OPTION));
    assertThat(capacity.getMessage(), containsString("readUnits " + units));
  }
}
