/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.sluice.pipelines.cli.ExitCode;
import io.sluice.report.Count;
import io.sluice.report.Limits;
import io.sluice.report.Tally;
import io.sluice.survey.SurveySection;
import io.sluice.survey.SurveySection.HotKeys;
import io.sluice.survey.SurveySection.WriteUnits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The summaries of changes that are applied. */
class ChangesSummaryTest {
  private final PrintedSummary summary = new PrintedSummary();

  @Test
  void changesThatAreApplied() {
    Tally tally =
        PrintedSummary.tally(
            Map.of(
                Count.READ, 1000L,
                Count.SUPERSEDED, 700L,
                Count.WRITTEN, 200L,
                Count.DELETED, 100L,
                Count.DELETES, 100L,
                Count.TIES, 1L));
    assertThat(summary.ofChanges(tally).printImport(new Limits(0, 100)), is(ExitCode.OK));
    summary.mustHavePrinted(
        """
        feed/ -> trips
          read               1,000
          skipped                0
          superseded           700  by later changes of the same keys
          ties                   1  keys with several last changes, of which one was taken
          rejected               0
          written              200  in 2.5 s, 120 items/s
          deleted              100
        """);
  }

  @Test
  void changesThatDeleteTooMuch() {
    Tally tally =
        PrintedSummary.tally(
            Map.of(
                Count.READ, 10L,
                Count.SUPERSEDED, 7L,
                Count.WITHHELD, 3L,
                Count.DELETES, 1L));
    assertThat(summary.ofChanges(tally).printImport(new Limits(0, 0)), is(ExitCode.REJECTIONS));
    summary.mustHavePrinted(
        """
        feed/ -> trips
          read                  10
          skipped                0
          superseded             7  by later changes of the same keys
          rejected               0
          withheld               3  not written, since too many are deletes
          written                0
          deleted                0
        """,
        "sluice: the changes delete 1 item, --maxDeletes=0 allows fewer: nothing was written;"
            + " --maxDeletes=1 applies them");
  }

  @Test
  void aDryRunOfChanges() {
    SurveySection survey =
        new SurveySection(
            1,
            2,
            90,
            120,
            new WriteUnits(3, 0, Map.of()),
            Map.of(),
            List.of(),
            new HotKeys(0, Map.of()));
    Tally tally =
        PrintedSummary.tally(
            Map.of(Count.READ, 3L, Count.WRITABLE, 1L, Count.DELETABLE, 2L, Count.DELETES, 2L));
    assertThat(summary.ofChanges(tally, survey).printImport(new Limits(0, 2)), is(ExitCode.OK));
    summary.mustHavePrinted(
        """
        feed/ -> trips
          read                   3
          skipped                0
          superseded             0  by later changes of the same keys
          rejected               0
          writable               1  a dry run writes nothing
          deletable              2  a dry run deletes nothing
          bytes                 90
          write units            3  for the table, if all items are new, and deletes take those of their keys
                                 0  for its indexes
          item sizes
          largest items
          hottest partition keys
        """);
  }
}
