/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.item.Reason;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.report.Count;
import io.sluice.report.Limits;
import io.sluice.report.Tally;
import io.sluice.testing.DirectRun;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;

class JudgeJobTest {
  private static final Tally GOOD = tally(Map.of(Count.READ, 5L, Count.WRITTEN, 5L), Map.of());
  private static final Tally REJECTED =
      tally(Map.of(Count.READ, 5L, Count.WITHHELD, 3L), Map.of(Reason.MALFORMED, 2L));

  private static Tally tally(Map<Count, Long> counts, Map<Reason, Long> rejections) {
    return new Tally(counts, rejections, List.of());
  }

  private static void run(Tally whole) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(whole))
        .apply(JudgeJob.by(tally -> Verdict.ofImport(tally, Limits.ofRejects(1))));
    DirectRun.of(pipeline);
  }

  @Test
  void aJobWithFewRejectionsGoesOn() {
    run(GOOD);
    run(tally(Map.of(Count.READ, 5L, Count.WRITTEN, 4L), Map.of(Reason.MALFORMED, 1L)));
  }

  @Test
  void aJobWithManyRejectionsFails() {
    RuntimeException e = assertThrows(RuntimeException.class, () -> run(REJECTED));
    assertThat(
        UserMessages.oneLine(e),
        is("2 rejected, --maxRejects=1 allows fewer: nothing was written"));
  }

  @Test
  void aJobWhoseCountsDoNotAddUpFails() {
    RuntimeException e =
        assertThrows(
            RuntimeException.class,
            () -> run(tally(Map.of(Count.READ, 5L, Count.WRITTEN, 4L), Map.of())));
    assertThat(UserMessages.oneLine(e), startsWith("the counts do not add up"));
  }

  @Test
  void whatIsLeftComesBeforeRejections() {
    Verdict verdict =
        Verdict.ofImport(
            tally(
                Map.of(Count.READ, 5L, Count.WRITTEN, 1L, Count.LEFT, 2L),
                Map.of(Reason.MALFORMED, 2L)),
            Limits.ofRejects(0));
    assertThat(verdict.code(), is(ExitCode.FAILED));
    assertThat(verdict.reason(), startsWith("stopped by --terminateAfter: 1 items are written"));
  }

  @Test
  void moreDeletesThanAllowedAreCountedInTheRemedy() {
    Tally held = tally(Map.of(Count.READ, 9L, Count.WITHHELD, 9L, Count.DELETES, 4L), Map.of());
    Verdict verdict = Verdict.ofImport(held, new Limits(0, 3));
    assertThat(verdict.code(), is(ExitCode.REJECTIONS));
    assertThat(
        verdict.reason(),
        is(
            "the changes delete 4 items, --maxDeletes=3 allows fewer: nothing was written;"
                + " --maxDeletes=4 applies them"));
    Tally done =
        tally(
            Map.of(Count.READ, 9L, Count.WRITTEN, 5L, Count.DELETED, 4L, Count.DELETES, 4L),
            Map.of());
    assertThat(Verdict.ofImport(done, new Limits(0, 4)).code(), is(ExitCode.OK));
  }

  /** Deletes were judged before DynamoDB refused an item, and not by it. */
  @Test
  void whatIsSparedHasItsReason() {
    Map<Count, Long> counts =
        Map.of(Count.READ, 5L, Count.WRITTEN, 3L, Count.SURPLUS, 7L, Count.SPARED, 7L);
    String isTooMuch =
        "7 items that only the table has are more than --maxPrune=1% allows: none was deleted";
    Limits limits = Limits.ofRejects(2);
    assertThat(Verdict.ofPrune(tally(counts, Map.of()), limits, "1%").reason(), is(isTooMuch));
    Tally refused = tally(counts, Map.of(Reason.REFUSED, 2L));
    assertThat(Verdict.ofPrune(refused, limits, "1%").reason(), is(isTooMuch));
    Tally both = tally(counts, Map.of(Reason.REFUSED, 1L, Reason.MALFORMED, 1L));
    assertThat(
        Verdict.ofPrune(both, limits, "1%").reason(),
        is(
            "7 items that only the table has were not deleted: with 1 rejected records the input is"
                + " not complete"));
    assertThat(
        Verdict.ofRepair(refused, "1%").reason(),
        is(
            "2 rejected: the other differences are repaired, but for 7 items that only the table"
                + " has, more than --maxPrune=1% allows, and nothing is verified"));
    assertThat(
        Verdict.ofRepair(
                tally(Map.of(Count.READ, 5L, Count.WRITTEN, 3L), Map.of(Reason.REFUSED, 2L)), "1%")
            .reason(),
        is("2 rejected: the other differences are repaired, and nothing is verified"));
  }

  @Test
  void aVerificationIsJudgedByItsDifferences() {
    assertThat(Verdict.ofVerification(GOOD).code(), is(ExitCode.OK));
    assertThat(Verdict.ofVerification(GOOD).reason(), is(nullValue()));
    Verdict differs =
        Verdict.ofVerification(
            tally(
                Map.of(Count.READ, 5L, Count.MATCHED, 2L),
                Map.of(Reason.MISSING, 1L, Reason.UNEXPECTED, 1L, Reason.MALFORMED, 1L)));
    assertThat(differs.code(), is(ExitCode.DIFFERENT));
    assertThat(differs.reason(), is("the table differs from the input in 2 items"));
    assertThat(Verdict.ofVerification(REJECTED).code(), is(ExitCode.REJECTIONS));
  }
}
