/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.throttle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.localaws.dynamodb.store.PartitionHash;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartitionsTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long LAST = PartitionHash.COUNT - 1;
  private static final CapacitySettings SETTINGS =
      CapacitySettings.ENFORCED.withPartitions(3000, 1000, Duration.ofSeconds(60));

  private final Partitions partitions = new Partitions(2, SETTINGS, 0);

  private boolean takes(long hash, double units, long now) {
    if (!partitions.hasUnits(Direction.WRITE, hash, SETTINGS, now)) {
      return false;
    }
    partitions.take(Direction.WRITE, hash, units);
    return true;
  }

  @Test
  void limitsEachPartitionAlone() {
    assertThat(takes(0, 1000, 0), is(true));
    assertThat(takes(PartitionHash.COUNT / 2 - 1, 1, 0), is(false));
    assertThat(takes(PartitionHash.COUNT / 2, 1000, 0), is(true));
    assertThat(takes(LAST, 1, 0), is(false));
    assertThat(partitions.hasUnits(Direction.READ, LAST, SETTINGS, 0), is(true));
  }

  @Test
  void splitsWhatIsHotForLong() {
    for (int second = 0; second < 60; second++) {
      assertThat(takes(7, 1000, second * SECOND), is(true));
      assertThat(takes(LAST / 4, 1, second * SECOND), is(false));
    }
    assertThat(partitions.count(), is(2));
    partitions.take(Direction.WRITE, 7, 1000);
    assertThat(takes(7, 1, 60 * SECOND), is(true));
    assertThat(partitions.count(), is(3));
    assertThat(takes(LAST / 2 - 1, 1000, 60 * SECOND), is(true));
  }

  @Test
  void forgetsHeatAfterAPause() {
    for (int second = 0; second < 600; second += 20) {
      takes(7, 20_000, second * SECOND);
      assertThat(takes(7, 1, second * SECOND), is(false));
    }
    assertThat(partitions.count(), is(2));
  }

  @Test
  void doesNotDivideASingleHash() {
    CapacitySettings atOnce = SETTINGS.withPartitions(3000, 1000, Duration.ZERO);
    int splits = 0;
    for (int i = 0; i < 100; i++) {
      splits += partitions.hasUnits(Direction.WRITE, 7, atOnce, 0) ? 1 : 0;
      partitions.take(Direction.WRITE, 7, 1000);
    }
    assertThat(splits, is(1 + 31));
    assertThat(partitions.count(), is(2 + 31));
  }

  @Test
  void growsAndNeverShrinks() {
    partitions.grow(5, SETTINGS, 0);
    assertThat(partitions.count(), is(5));
    partitions.grow(1, SETTINGS, 0);
    assertThat(partitions.count(), is(5));
  }
}
