/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.night.ledger.LedgerEvent.What;
import io.sluice.snapshot.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NightLedgerTest {
  private static final Instant NOW = Instant.parse("2026-01-31T23:26:00.500Z");
  private static final StepKey STEP = new StepKey("trips", 2);

  @TempDir Path folder;

  @BeforeAll
  static void reachFileSystems() {
    Place.options();
  }

  private NightLedger ledger(Place place) throws IOException {
    NightLedger ledger = NightLedger.of(place.newOutput(folder), "nightly");
    ledger.checkStore();
    return ledger;
  }

  @ParameterizedTest
  @EnumSource
  void aRunIsReadAsItWasWritten(Place place) throws IOException {
    NightLedger ledger = ledger(place);
    assertThat(ledger.latest().isPresent(), is(false));
    NightRun run = ledger.begin(NOW, Duration.ofSeconds(10), "abc");
    assertThat(run.header().snapshotTime(), is("2026-01-31T23:25:50Z"));
    run.add(LedgerEvent.ofRun(What.STARTED, null, "process 1"));
    run.add(LedgerEvent.ofStep(What.STEP_BEGAN, STEP, "export").inAttempt(1));
    run.add(LedgerEvent.ofStep(What.STEP_ENDED, STEP, "export").inAttempt(1).ending(1, 2.5, null));
    assertThat(run.state().isDone(STEP), is(false));
    run.add(
        LedgerEvent.ofStep(What.STEP_ENDED, STEP, "export").inAttempt(2).ending(0, 2, "r.json"));
    NightRun read = ledger.latest().orElseThrow();
    assertThat(read.header(), is(run.header()));
    assertThat(read.state().events(), is(run.state().events()));
    assertThat(read.state().isDone(STEP), is(true));
    assertThat(read.state().isComplete(), is(false));
    read.add(LedgerEvent.ofRun(What.PUBLISHING, null, null));
    read.add(LedgerEvent.ofStep(What.PUBLISHED, STEP, "export"));
    read.add(LedgerEvent.ofRun(What.HOOK, null, "onSuccess"));
    read.add(LedgerEvent.ofRun(What.ENDED, 0, null));
    RunState end = ledger.latest().orElseThrow().state();
    assertThat(end.isPublishing() && end.isPublished(STEP) && end.isToldOfSuccess(), is(true));
    assertThat(end.isComplete(), is(true));
  }

  @ParameterizedTest
  @EnumSource
  void theLatestRunIsTheOneThatBeganLast(Place place) throws IOException {
    NightLedger ledger = ledger(place);
    ledger.begin(NOW, Duration.ZERO, "abc");
    NightRun later = ledger.begin(NOW.plusSeconds(1), Duration.ZERO, "abc");
    ledger.begin(NOW.minusSeconds(1), Duration.ZERO, "abc");
    assertThat(ledger.latest().orElseThrow().header(), is(later.header()));
  }

  @ParameterizedTest
  @EnumSource
  void ofTwoThatWriteToARunOneFails(Place place) throws IOException {
    NightLedger ledger = ledger(place);
    NightRun first = ledger.begin(NOW, Duration.ZERO, "abc");
    NightRun second = ledger.latest().orElseThrow();
    first.add(LedgerEvent.ofRun(What.STARTED, null, "first"));
    JobException e =
        assertThrows(
            JobException.class, () -> second.add(LedgerEvent.ofRun(What.STARTED, null, "second")));
    assertThat(e.getMessage(), containsString("another start of this night writes to "));
    assertThat(ledger.latest().orElseThrow().state().events().get(0).detail(), is("first"));
  }
}
