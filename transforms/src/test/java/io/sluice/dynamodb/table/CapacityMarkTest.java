/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.dynamodb.table;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.capacity.Throttle;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CapacityMarkTest {
  private static CapacityMark ofManyIndexes() {
    Map<String, CapacityMark.Part> parts = new HashMap<>();
    parts.put(Throttle.TABLE, new CapacityMark.Part(5, List.of(5_000L)));
    for (int i = 0; i < 20; i++) {
      String key = CapacityMark.key("i".repeat(240) + i);
      parts.put(key, new CapacityMark.Part(40_000 + i, List.of(100_000L, 200_000L)));
    }
    return new CapacityMark(
        UUID.randomUUID().toString(), Instant.parse("2026-11-30T20:44:46Z"), true, parts);
  }

  @Test
  void manyLongIndexesAreSeveralTagsThatDynamoDbTakes() {
    CapacityMark mark = ofManyIndexes();
    Map<String, String> tags = mark.toTags();
    assertThat(mark.parts().size(), is(21));
    assertThat(tags.size(), greaterThan(5));
    tags.forEach(
        (key, value) -> {
          assertThat(key, matchesPattern("[A-Za-z0-9 +=._:/-]{1,128}"));
          assertThat(value, matchesPattern("[A-Za-z0-9 +=._:/-]{1,256}"));
        });
    assertThat(CapacityMark.of(tags), is(Optional.of(mark)));
  }

  @Test
  void aPartOfItIsNone() {
    Map<String, String> tags = new HashMap<>(ofManyIndexes().toTags());
    tags.remove(CapacityMark.TAG + ".4");
    assertThrows(IllegalArgumentException.class, () -> CapacityMark.of(tags));
    assertThrows(
        IllegalArgumentException.class, () -> CapacityMark.of(Map.of(CapacityMark.TAG, "mine")));
    assertThat(CapacityMark.of(Map.of("team", "data")), is(Optional.empty()));
  }
}
