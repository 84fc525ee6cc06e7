/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.diff;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.snapshot.SnapshotTime;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.junit.jupiter.api.Test;

/** How a state is named, and what is wrong with options, all at once. */
class SidePlanTest {
  private static final SnapshotTime TIME = SnapshotTime.parse("2026-01-31T23-26-00Z");

  private static SidePlan of(
      @Nullable String folder, @Nullable SnapshotTime time, boolean previous) {
    return new SidePlan("from", folder, time, previous);
  }

  private static SidePlan parse(String value) {
    return SidePlan.parse("from", value);
  }

  @Test
  void aFolderATimeOrTheTable() {
    assertThat(parse("table"), is(of(null, null, false)));
    assertThat(parse("table/"), is(of("table/", null, false)));
    assertThat(parse("s3://b/lake"), is(of("s3://b/lake", null, false)));
    assertThat(parse("s3://b/lake@previous"), is(of("s3://b/lake", null, true)));
    assertThat(parse("s3://b/lake@2026-01-31T23-26-00Z"), is(of("s3://b/lake", TIME, false)));
    assertThat(parse("s3://b/lake@2026-01-31T23:26:00Z"), is(of("s3://b/lake", TIME, false)));
    assertThat("an @ in a name", parse("/d/me@home"), is(of("/d/me@home", null, false)));
    assertThat(parse("/d/me@home@previous").text(), is("--from=/d/me@home@previous"));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> parse("@previous")).getMessage(),
        is("'@previous' names no folder"));
  }

  @Test
  void mistakesAreToldTogether() {
    assertThat(
        problems("--consistentRead", "--readRatio=7"),
        contains(
            "--from is missing: give a snapshot, such as s3://bucket/exports, or table",
            "--to is missing: give a snapshot, such as s3://bucket/exports, or table",
            "--consistentRead is for --to=table or --from=table",
            "--readRatio=7.0 must be 0.1 to 1.5"));
    assertThat(
        problems("--from=table", "--to=table"),
        contains(
            "--table is missing: give the name of the table",
            "--from and --to are both the table: one of them must be a snapshot"));
    assertThat(
        problems("--from=a", "--to=b", "--output=s3:"),
        contains("--output: the output 's3:' must name a folder, without any of * ? [ ] { } \\"));
  }

  private static List<String> problems(String... arguments) {
    DiffOptions options = OneWorker.options(DiffOptions.class, arguments);
    return assertThrows(UsageException.class, () -> DiffPlan.of(options)).problems();
  }
}
