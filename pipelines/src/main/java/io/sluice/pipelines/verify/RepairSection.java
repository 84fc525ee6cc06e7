/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.verify;

import io.sluice.pipelines.input.ComparisonSection;
import io.sluice.report.Count;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import io.sluice.report.Tally;

/**
 * What was repaired before a verification, in the report of the latter.
 *
 * @param missing how many items of the input the table did not have
 * @param different how many it had with other attributes
 * @param written how many items were written
 * @param surplus how many items only the table had; 0 when they were not looked for
 * @param pruned how many of them were deleted
 * @param retained how many of them were changed by others meanwhile, or have too many attributes to
 *     compare, and so stayed
 * @param spared how many of them were not deleted, because there were more than allowed
 * @param readUnits the read units that the comparison took
 */
record RepairSection(
    long missing,
    long different,
    long written,
    long surplus,
    long pruned,
    long retained,
    long spared,
    double readUnits) {

  /** The name of the section. */
  static final String NAME = "repair";

  /** Returns what a repair did, as JSON. */
  static String json(JobReport repair) {
    ComparisonSection comparison = ComparisonSection.of(repair).orElseThrow();
    Tally tally = repair.tally();
    return SectionJson.write(
        new RepairSection(
            comparison.added(),
            comparison.changed(),
            tally.count(Count.WRITTEN),
            tally.count(Count.SURPLUS),
            tally.count(Count.PRUNED),
            tally.count(Count.RETAINED),
            tally.count(Count.SPARED),
            comparison.readUnits()));
  }
}
