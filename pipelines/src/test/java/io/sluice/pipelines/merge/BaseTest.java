/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.JobException;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.ManifestJson;
import io.sluice.snapshot.Manifests;
import io.sluice.snapshot.SnapshotTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a base has changes that are later than the point in time. */
class BaseTest {
  private static final Instant END = Instant.parse("2026-01-31T23:26:00Z");

  @TempDir Path folder;

  private Base base(Manifest.Clock clock, int secondsLater) throws IOException {
    Manifest manifest =
        new Manifest(
            "run",
            "trips",
            KeySchema.of(KeyAttribute.parse("id:N")),
            SnapshotTime.of(END),
            FileFormat.DYNAMODB_JSON,
            0,
            0,
            new Manifest.Scan(END, END, clock),
            Map.of(),
            List.of(),
            Manifests.SCHEMA);
    Files.writeString(folder.resolve("_manifest.json"), ManifestJson.write(manifest));
    Files.writeString(folder.resolve("_SUCCESS"), "");
    MergeOptions options =
        OneWorker.options(
            MergeOptions.class,
            "--table=trips",
            "--base=" + folder,
            "--deltas=" + folder,
            "--output=" + folder);
    return Bases.of(MergePlan.of(options), END.plusSeconds(secondsLater));
  }

  @Test
  void oneThatWasTimedByDynamoDbHasNone() throws IOException {
    assertThat(base(Manifest.Clock.DYNAMODB, 0).scan().end(), is(END));
    assertThrows(JobException.class, () -> base(Manifest.Clock.DYNAMODB, -1));
  }

  @Test
  void oneThatWasTimedByWorkersMayHaveThoseOfAMinute() throws IOException {
    assertThat(base(Manifest.Clock.WORKER, 60).scan().end(), is(END));
    assertThat(
        assertThrows(JobException.class, () -> base(Manifest.Clock.WORKER, 59)).getMessage(),
        endsWith(
            " may have changes until 2026-01-31T23:27:00Z, after the point in time"
                + " 2026-01-31T23:26:59Z"));
  }
}
