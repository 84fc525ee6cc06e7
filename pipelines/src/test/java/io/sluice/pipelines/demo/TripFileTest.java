/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TripFileTest {

  @Test
  void isTheSameAtEveryCallAndHasWhatTheDemoShows() {
    byte[] file = TripFile.bytes();
    assertThat(TripFile.bytes(), is(file));

    List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
    long duplicates = TripFile.TRIPS / TripFile.DUPLICATE_EVERY;
    long broken = TripFile.TRIPS / TripFile.BROKEN_EVERY;
    assertThat(lines.get(0), is(TripFile.HEADER));
    assertThat((long) lines.size(), is(1 + TripFile.TRIPS + duplicates + broken));
    assertThat((long) new HashSet<>(lines).size(), is(1 + TripFile.TRIPS + broken));
  }
}
