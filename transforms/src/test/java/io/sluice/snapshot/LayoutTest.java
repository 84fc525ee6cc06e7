/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and paths of snapshots. */
class LayoutTest {
  private static final Instant TIME = Instant.parse("2026-01-31T23:26:00.123Z");

  @Test
  void theTimeOfASnapshot() {
    SnapshotTime time = SnapshotTime.of(TIME);
    assertThat(time.toString(), is("2026-01-31T23-26-00Z"));
    assertThat(SnapshotTime.parse("2026-01-31T23-26-00Z"), is(time));
    assertThat(time, lessThan(SnapshotTime.parse("2026-02-01T00-00-00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-01-31T23:26:00Z",
        "2026-02-30T00-00-00Z",
        "x",
        "+12026-01-01T00-00-00Z"
      })
  void noTimeOfASnapshot(String text) {
    assertThrows(IllegalArgumentException.class, () -> SnapshotTime.parse(text));
  }

  @Test
  void timesThatHaveNoName() {
    assertThrows(IllegalArgumentException.class, () -> new SnapshotTime(TIME));
    assertThrows(
        IllegalArgumentException.class, () -> new SnapshotTime(Instant.ofEpochSecond(1L << 40)));
  }

  @Test
  void aRun() {
    Run run = new Run(TIME, "0a1b2c3d");
    assertThat(run.id(), is("2026-01-31T23-26-00-123Z-0a1b2c3d"));
    assertThat(run.exportId(), is("01769901960123-0a1b2c3d"));
    assertThat(
        Run.startingAt(TIME.plusNanos(5)).id(),
        matchesPattern("2026-01-31T23-26-00-123Z-[0-9a-f]{8}"));
    assertThrows(IllegalArgumentException.class, () -> new Run(TIME.plusNanos(5), "0a1b2c3d"));
    assertThrows(IllegalArgumentException.class, () -> new Run(TIME, "0A1B2C3D"));
  }

  @Test
  void places() {
    SnapshotTarget target =
        new SnapshotTarget(
            new TableFolder("s3://bucket/exports//", "my-table.v2"),
            SnapshotTime.of(TIME),
            new Run(TIME, "0a1b2c3d"));
    assertThat(
        target.snapshot(),
        is("s3://bucket/exports/snapshots_my-table.v2/snapshot_timestamp=2026-01-31T23-26-00Z/"));
    assertThat(
        target.staging(),
        is(
            "s3://bucket/exports/snapshots_my-table.v2/_staging/2026-01-31T23-26-00-123Z-0a1b2c3d/"));
    assertThat(new TableFolder("s3://bucket", "t").path(), is("s3://bucket/snapshots_t/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "s3://", "a*", "a[1]", "{a,b}", "a?", "a\\b"})
  void noOutput(String output) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> new TableFolder(output, "table"));
    assertThat(e.getMessage(), containsString("must name a folder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a b", "ä"})
  void noTable(String table) {
    assertThrows(IllegalArgumentException.class, () -> new TableFolder("out", table));
  }
}
