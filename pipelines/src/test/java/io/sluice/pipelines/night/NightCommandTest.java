/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.Printed;
import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.ledger.Lease;
import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.NightLedger;
import io.sluice.pipelines.night.ledger.NightRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which run a start goes on with. */
class NightCommandTest {
  @TempDir Path folder;

  private NightPlan plan(boolean startsOver) {
    Night night =
        new Night(
            "nightly",
            folder.toString(),
            "hash",
            1,
            Duration.ofHours(2),
            List.of(),
            new Hook("onSuccess", List.of(), null),
            new Hook("onFailure", List.of(), null));
    return new NightPlan(night, List.of(), false, startsOver, null, null);
  }

  private NightLedger ledger() {
    return NightLedger.of(folder.toString(), "nightly");
  }

  /** Begins a run that nobody has completed. */
  private NightRun begun(Duration ago, String hash) throws IOException {
    return ledger().begin(Instant.now().minus(ago), Duration.ZERO, hash);
  }

  /** Starts the night, which has nothing to do; returns what it says of runs. */
  private List<String> start(boolean startsOver) {
    Printed printed = new Printed();
    assertThat(NightCommand.run(plan(startsOver), printed.console()), is(ExitCode.OK));
    return printed.errors();
  }

  private NightRun latest() throws IOException {
    return ledger().latest().orElseThrow();
  }

  @Test
  void aRunThatIsCompleteIsNotDoneAgain() throws IOException {
    assertThat(start(false), hasItem(startsWith("sluice: run ")));
    String first = latest().header().id();
    assertThat(latest().state().isComplete(), is(true));
    start(false);
    assertThat(latest().header().id(), is(not(first)));
  }

  @Test
  void oneThatIsNotCompleteGoesOn() throws IOException {
    NightRun begun = begun(Duration.ofHours(1), "hash");
    assertThat(start(false), hasItem("sluice: going on with the run " + begun.header().id()));
    assertThat(latest().header(), is(begun.header()));
    assertThat(latest().state().isComplete(), is(true));
  }

  @Test
  void oneThatIsTooOldDoesNot() throws IOException {
    NightRun begun = begun(Duration.ofHours(3), "another");
    assertThat(
        start(false),
        hasItems(
            "sluice: the run "
                + begun.header().id()
                + " is not complete, but older than resumeWithin: a new one begins",
            "sluice: nightly is done"));
    assertThat(latest().header().id(), is(not(begun.header().id())));
  }

  /** Its tables would otherwise stay in two states until the new run publishes. */
  @Test
  void oneThatIsTooOldButPublishesIsPublishedToItsEndBeforeANewOne() throws IOException {
    NightRun begun = begun(Duration.ofHours(3), "hash");
    begun.add(LedgerEvent.ofRun(LedgerEvent.What.PUBLISHING, null, null));
    String id = begun.header().id();
    List<String> said = start(false);
    assertThat(
        said,
        hasItem("sluice: the run " + id + " is published to its end, and then a new one begins"));
    assertThat(said.stream().filter("sluice: nightly is done"::equals).count(), is(2L));
    Path state = folder.resolve("nightly/runs/" + id + "/state.json");
    assertThat(Files.readString(state), containsString("\"isComplete\":true"));
    assertThat(latest().header().id(), is(not(id)));
    assertThat(latest().state().isComplete(), is(true));
  }

  @Test
  void oneThatPublishesByAnotherFileIsOnlyLeftWhenItIsTooOld() throws IOException {
    NightRun begun = begun(Duration.ofHours(3), "another");
    begun.add(LedgerEvent.ofRun(LedgerEvent.What.PUBLISHING, null, null));
    assertThat(start(false), hasItem(containsString("older than resumeWithin")));
    assertThat(latest().header().id(), is(not(begun.header().id())));
  }

  @Test
  void oneOfAnotherFileIsRefusedUnlessItIsLeft() throws IOException {
    NightRun begun = begun(Duration.ofHours(1), "another");
    JobException e = assertThrows(JobException.class, () -> start(false));
    assertThat(e.getMessage(), containsString("give --startOver for a new run"));
    assertThat(latest().header(), is(begun.header()));
    assertThat(latest().state().events().isEmpty(), is(true));
    assertThat(
        start(true), hasItem("sluice: the run " + begun.header().id() + " is left as it is"));
    assertThat(latest().header().id(), is(not(begun.header().id())));
  }

  @Test
  void whileAnotherHasTheLeaseNothingIsTouched() throws IOException {
    NightRun begun = begun(Duration.ofHours(1), "hash");
    try (Lease other = Lease.take(ledger(), why -> {})) {
      JobException e = assertThrows(JobException.class, () -> start(false));
      assertThat(e.getMessage(), startsWith("this night is being run by process "));
      assertThat(latest().state().events().isEmpty(), is(true));
      assertThat(other.taken().isAfter(Instant.parse(begun.header().began())), is(true));
    }
    start(false);
    assertThat(latest().header(), is(begun.header()));
  }
}
