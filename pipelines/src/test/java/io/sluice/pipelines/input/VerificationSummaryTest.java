/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.item.Reason;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.report.Count;
import io.sluice.report.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The summaries of a verification. */
class VerificationSummaryTest {
  private final PrintedSummary summary = new PrintedSummary();

  @Test
  void aVerification() {
    Tally tally = PrintedSummary.tally(Map.of(Count.READ, 5000L, Count.MATCHED, 5000L));
    ReceiptSection receipt =
        new ReceiptSection(5000, 5000, null, "0123456789abcdef", "fedcba9876543210");
    assertThat(summary.withReceipt(tally, receipt).printVerification(), is(ExitCode.OK));
    summary.mustHavePrinted(
        """
        in/*.csv =? trips
          read               5,000
          skipped                0
          duplicates             0  dropped
          rejected               0
          matched            5,000  in 2.5 s, 2,000 items/s
          receipt            5,000  0123456789abcdef of the input
                             5,000  fedcba9876543210 of the table
        """);
  }

  /** Items that are only in the table were not read from the input. */
  @Test
  void aVerificationOfWhatDiffers() {
    Tally tally =
        new Tally(
            Map.of(Count.READ, 8L, Count.MATCHED, 2L),
            Map.of(
                Reason.MISSING, 1L,
                Reason.DIFFERENT, 1L,
                Reason.UNEXPECTED, 3L,
                Reason.KEY_EMPTY, 1L),
            List.of());
    assertThat(
        summary.of(tally, PrintedSummary.REJECTS).printVerification(), is(ExitCode.DIFFERENT));
    summary.mustHavePrinted(
        """
        in/*.csv =? trips
          read                   5
          skipped                0
          duplicates             0  dropped
          rejected               6  KEY_EMPTY 1, MISSING 1, DIFFERENT 1, UNEXPECTED 3
                                    all of them: out/rejects/now/
          matched                2  in 2.5 s, 1 items/s
        """,
        "sluice: the table differs from the input in 5 items");
  }

  @Test
  void aVerificationOfWhatIsNoItem() {
    Tally tally = PrintedSummary.tally(Map.of(Count.READ, 1L), Reason.KEY_EMPTY);
    assertThat(summary.of(tally, null).printVerification(), is(ExitCode.REJECTIONS));
    summary.mustHavePrinted(
        """
        in/*.csv =? trips
          read                   1
          skipped                0
          duplicates             0  dropped
          rejected               1  KEY_EMPTY 1
                                    a.csv at offset 7: why
          matched                0  in 2.5 s, 0 items/s
        """,
        "sluice: 1 records are no items and were not compared");
  }

  /** What DynamoDB refuses is known when the others are written. */
  @Test
  void aRepairThatIsNotWhole() {
    assertThat(
        Verdict.ofRepair(PrintedSummary.tally(Map.of(Count.WRITTEN, 4L), Reason.REFUSED), ""),
        is(
            new Verdict(
                ExitCode.REJECTIONS,
                "1 rejected: the other differences are repaired, and nothing is verified")));
    assertThat(
        Verdict.ofRepair(PrintedSummary.tally(Map.of(Count.WITHHELD, 4L), Reason.KEY_EMPTY), ""),
        is(new Verdict(ExitCode.REJECTIONS, "1 rejected: nothing is repaired")));
    assertThat(
        Verdict.ofRepair(PrintedSummary.tally(Map.of(Count.WRITTEN, 4L)), ""),
        is(new Verdict(ExitCode.OK, null)));
  }
}
