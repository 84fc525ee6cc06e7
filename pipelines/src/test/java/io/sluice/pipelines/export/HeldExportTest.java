/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.export;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.OneWorker;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.snapshot.Snapshots;
import io.sluice.testing.dynamodb.EmbeddedDynamoDb;
import io.sluice.testing.dynamodb.EndpointSettings;
import io.sluice.testing.dynamodb.GeneratedItems;
import io.sluice.testing.dynamodb.TableSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that are put in place by one run and published by another. */
class HeldExportTest {
  private static final GeneratedItems ITEMS = new GeneratedItems(200, 1_024);
  private static final String TIME = "--snapshotTimestamp=2026-01-31T23:26:00Z";

  @TempDir Path folder;

  private static EmbeddedDynamoDb start() {
    return EmbeddedDynamoDb.start(
        EndpointSettings.of(TableSettings.of("trips", "id:S")).withGenerated(ITEMS));
  }

  private Printed export(EmbeddedDynamoDb db, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--local",
                "--dynamodbEndpoint=" + db.endpoint(),
                "--table=trips",
                "--output=" + folder));
    arguments.addAll(List.of(more));
    Printed printed = new Printed();
    ExportOptions options =
        OneWorker.options(ExportOptions.class, arguments.toArray(String[]::new));
    assertThat(ExportPipeline.run(options, printed.console()), is(ExitCode.OK));
    return printed;
  }

  private List<Snapshots.Snapshot> published() throws IOException {
    return Snapshots.under(folder.toString()).of("trips");
  }

  @Test
  void theTableIsReadOnceAndTheReleaseReadsNothing() throws IOException {
    try (EmbeddedDynamoDb db = start()) {
      assertThat(
          export(db, TIME, "--publish=HOLD").out(),
          containsString("it is held: readers do not see it until it is released"));
      assertThat(published(), is(empty()));
      long read = db.books().itemsRead();
      assertThat(read, is(not(0L)));
      assertThat(
          export(db, TIME, "--publish=HOLD").lines(),
          hasItem(containsString("snapshot_timestamp=2026-01-31T23-26-00Z/ is held already")));
      assertThat(export(db, TIME, "--publish=RELEASE").out(), containsString("/ is published"));
      assertThat(published().get(0).manifest().items(), is(200L));
      assertThat(
          export(db, TIME, "--publish=RELEASE").out(), containsString("it was published already"));
      assertThat(db.books().itemsRead(), is(read));
      // Another time, which a person has chosen again.
      export(db, "--snapshotTimestamp=2026-02-01T23:26:00Z", "--publish=HOLD");
      export(db, "--snapshotTimestamp=2026-02-01T23:26:00Z", "--publish=HOLD", "--overwrite");
      assertThat(db.books().itemsRead(), is(3 * read));
    }
  }

  @Test
  void whatIsNotHeldCannotBeReleased() {
    try (EmbeddedDynamoDb db = start()) {
      JobException e =
          assertThrows(JobException.class, () -> export(db, TIME, "--publish=RELEASE"));
      assertThat(e.getMessage(), containsString("has no snapshot that is held"));
      UsageException noTime =
          assertThrows(UsageException.class, () -> export(db, "--publish=RELEASE"));
      assertThat(
          noTime.problems(),
          hasItem("--publish=RELEASE needs the --snapshotTimestamp of the snapshot that is held"));
      assertThat(db.books().itemsRead(), is(0L));
    }
  }
}
