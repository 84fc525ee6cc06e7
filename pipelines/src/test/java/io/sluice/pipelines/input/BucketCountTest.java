/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.job.EmbeddedEngine;
import org.junit.jupiter.api.Test;

class BucketCountTest {
  private static final long MB = 1 << 20;

  @Test
  void inOneJvmTheProcessorsCount() {
    assertThat(BucketCount.forBalance(1_000 * MB, 0), is(4L * EmbeddedEngine.processors()));
  }

  @Test
  void onAClusterTheSlotsCountAndNotThisMachine() {
    assertThat(BucketCount.forBalance(10_000 * MB, 64), is(32L * 64));
    assertThat(BucketCount.forBalance(10_000 * MB, 2), is(32L * 2));
  }

  @Test
  void aSplitHasPagesThatCompress() {
    // 1 MB for each of 64 slots, in pages of 4 KB.
    assertThat(BucketCount.forBalance(64 * MB, 64), is(256L));
    // 16 MB at most for a split, whatever the input has.
    assertThat(BucketCount.forBalance(1_000_000 * MB, 1_000), is(4_096L));
  }

  @Test
  void everySlotHasBucketsHoweverLittleThereIs() {
    assertThat(BucketCount.forBalance(0, 64), is(256L));
  }

  @Test
  void bucketsAreSmallAndNotTooMany() {
    assertThat(BucketCount.of(160 * MB, 4), is(10));
    assertThat(BucketCount.of(1L << 50, 4), is(1 << 14));
    assertThat(BucketCount.of(0, 20_000), is(20_000));
    assertThat(BucketCount.of(0, 1L << 40), is(1 << 20));
  }
}
