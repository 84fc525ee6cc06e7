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
import io.sluice.report.Limits;
import io.sluice.report.Tally;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The summaries of an import. */
class InputSummaryTest {
  private final PrintedSummary summary = new PrintedSummary();

  @Test
  void anImport() {
    Tally tally =
        PrintedSummary.tally(
            Map.of(
                Count.READ, 5004L, Count.SKIPPED, 1L, Count.DUPLICATES, 2L, Count.WRITTEN, 5000L),
            Reason.HEADER);
    assertThat(
        summary.of(tally, PrintedSummary.REJECTS).printImport(Limits.ofRejects(1)),
        is(ExitCode.OK));
    summary.mustHavePrinted(
        """
        in/*.csv -> trips
          read               5,004
          skipped                1
          duplicates             2  dropped
          rejected               1  HEADER 1
                                    a.csv at offset 7: why
                                    all of them: out/rejects/now/
          written            5,000  in 2.5 s, 2,000 items/s
        """);
  }

  @Test
  void anImportOfWhatIsNotFit() {
    Tally tally =
        new Tally(
            Map.of(Count.READ, 1210L, Count.WITHHELD, 4L),
            Map.of(Reason.MALFORMED, 1200L, Reason.KEY_MISSING, 6L),
            IntStream.range(0, 6)
                .mapToObj(i -> PrintedSummary.rejection(Reason.KEY_MISSING, "no key", i))
                .toList());
    assertThat(summary.of(tally, null).printImport(Limits.ofRejects(10)), is(ExitCode.REJECTIONS));
    summary.mustHavePrinted(
        """
        in/*.csv -> trips
          read               1,210
          skipped                0
          duplicates             0  dropped
          rejected           1,206  MALFORMED 1,200, KEY_MISSING 6
                                    a.csv at offset 0: no key
                                    a.csv at offset 1: no key
                                    a.csv at offset 2: no key
                                    a.csv at offset 3: no key
                                    a.csv at offset 4: no key
          withheld               4  not written, since too many are rejected
          written                0
        """,
        "sluice: 1,206 rejected, --maxRejects=10 allows fewer: nothing was written");
  }

  @Test
  void anImportOfWhichDynamoDbRefusesSome() {
    Tally tally = PrintedSummary.tally(Map.of(Count.READ, 2L, Count.WRITTEN, 1L), Reason.REFUSED);
    assertThat(summary.of(tally, null).printImport(Limits.ofRejects(0)), is(ExitCode.REJECTIONS));
    summary.mustHavePrinted(
        """
        in/*.csv -> trips
          read                   2
          skipped                0
          duplicates             0  dropped
          rejected               1  REFUSED 1
                                    a.csv at offset 7: why
          written                1  in 2.5 s, 0 items/s
        """,
        "sluice: 1 rejected, --maxRejects=0 allows fewer: the others were written");
  }

  @Test
  void anImportWhoseTimeIsUp() {
    Tally tally =
        PrintedSummary.tally(Map.of(Count.READ, 3000L, Count.WRITTEN, 1000L, Count.LEFT, 2000L));
    assertThat(summary.of(tally, null).printImport(Limits.ofRejects(0)), is(ExitCode.FAILED));
    summary.mustHavePrinted(
        """
        in/*.csv -> trips
          read               3,000
          skipped                0
          duplicates             0  dropped
          rejected               0
          written            1,000  in 2.5 s, 400 items/s
          left               2,000  not written, since the time was up
        """,
        "sluice: stopped by --terminateAfter: 1,000 items are written and 2,000 are left; the"
            + " same command writes all of them");
  }

  @Test
  void anImportOfNothing() {
    assertThat(
        summary.of(Tally.EMPTY, PrintedSummary.REJECTS).printImport(Limits.ofRejects(0)),
        is(ExitCode.OK));
    summary.mustHavePrinted(
        """
        in/*.csv -> trips
          read                   0
          skipped                0
          duplicates             0  dropped
          rejected               0
          written                0
        """);
  }
}
