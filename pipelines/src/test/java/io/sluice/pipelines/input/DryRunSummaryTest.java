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
import io.sluice.survey.SurveySection.LargeItem;
import io.sluice.survey.SurveySection.WriteUnits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The summaries of a dry run. */
class DryRunSummaryTest {
  private final PrintedSummary summary = new PrintedSummary();

  @Test
  void aDryRun() {
    Map<String, Long> keys = new LinkedHashMap<>();
    keys.put("paris", 2L);
    keys.put("bonn", 1L);
    keys.put("rome", 1L);
    keys.put("lima", 1L);
    SurveySection survey =
        new SurveySection(
            3,
            0,
            5000,
            6000,
            new WriteUnits(1234, 7, Map.of("by_n", 7L)),
            new TreeMap<>(Map.of(128, 2L, 8192, 1L)),
            List.of(
                new LargeItem(4800, "a.csv", 7),
                new LargeItem(100, "b.csv", 0),
                new LargeItem(90, "", 0),
                new LargeItem(10, "c.csv", 0)),
            new HotKeys(0, keys));
    Tally tally = PrintedSummary.tally(Map.of(Count.READ, 3L, Count.WRITABLE, 3L));
    assertThat(summary.of(tally, null, survey).printImport(Limits.ofRejects(0)), is(ExitCode.OK));
    summary.mustHavePrinted(
        """
        in/*.csv -> trips
          read                   3
          skipped                0
          duplicates             0  dropped
          rejected               0
          writable               3  a dry run writes nothing
          bytes              5,000
          write units        1,234  for the table, if all items are new
                                 7  for its indexes
          item sizes
                                 2  of up to 128 bytes
                                 1  of up to 8192 bytes
          largest items
                             4,800  bytes, a.csv at offset 7
                               100  bytes, b.csv at offset 0
                                90  bytes, (no file)
          hottest partition keys
                                 2  items of paris
                                 1  items of bonn
                                 1  items of rome
        """);
  }

  @Test
  void aDryRunOfNothing() {
    SurveySection survey =
        new SurveySection(
            0,
            0,
            0,
            0,
            new WriteUnits(0, 0, Map.of()),
            Map.of(),
            List.of(),
            new HotKeys(0, Map.of()));
    assertThat(
        summary.of(Tally.EMPTY, null, survey).printImport(Limits.ofRejects(0)), is(ExitCode.OK));
    summary.mustHavePrinted(
        """
        in/*.csv -> trips
          read                   0
          skipped                0
          duplicates             0  dropped
          rejected               0
          writable               0  a dry run writes nothing
          bytes                  0
          write units            0  for the table, if all items are new
                                 0  for its indexes
          item sizes
          largest items
          hottest partition keys
        """);
  }
}
