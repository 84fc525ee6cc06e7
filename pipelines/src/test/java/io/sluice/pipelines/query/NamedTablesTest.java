/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedTablesTest {
  private static final List<String> TABLES =
      List.of("trips", "trips-2024", "trips_old", "a.b", "id");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "select * from trips | trips",
        "SELECT count(*) FROM Trips | trips",
        "select trips.fare from trips,trips_old | trips trips_old",
        "select * from trips_old; | trips_old",
        "select roundtrips, trips2 from other |",
        "select $trips, trips$ from other |",
        "select idle, paid from trips | trips",
        "select * from \"trips-2024\" | trips-2024",
        "select * from 'trips-2024' | trips-2024",
        "select * from \"TRIPS\" natural join \"trips-2024\" | trips trips-2024",
        "select x-trips.y from trips | trips",
        "select * from \"a.b\" | a.b",
        "select * from axb |",
        "select * from trips -- don't | trips",
        "trips | trips"
      })
  void aTableIsNamedByAWholeIdentifier(String sql, String tables) {
    Set<String> expected = tables == null ? Set.of() : Set.of(tables.split(" "));
    assertThat(new TreeSet<>(NamedTables.in(sql, TABLES)), is(new TreeSet<>(expected)));
  }

  @Test
  void lettersAreNotOnlyThoseOfAscii() {
    assertThat(NamedTables.in("select étrips, tripsé from x", TABLES), is(Set.of()));
  }
}
