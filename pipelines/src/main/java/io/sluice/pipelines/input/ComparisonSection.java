/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.capacity.Prices;
import io.sluice.dynamodb.verify.CompareChoice;
import io.sluice.dynamodb.verify.CompareCounts;
import io.sluice.dynamodb.verify.Comparison;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.util.Locale;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What an import that writes only what differs found in the table, in the report of the job.
 *
 * @param by SCAN or KEYS: how the table was read
 * @param scanUnits the read units that a scan was expected to take; null when DynamoDB had not
 *     counted the table's items
 * @param keyUnits the read units that reading each key was expected to take
 * @param compared how many items were compared
 * @param added how many of them the table did not have
 * @param changed how many it had with other attributes
 * @param unchanged how many were the same
 * @param scanned how many items of the table a scan read; 0 without a scan
 * @param surplus how many of them the input does not have; null when they were not looked for
 * @param readUnits the read units that the comparison took
 * @param savedWriteUnits the write units that putting the unchanged items would have taken
 * @param savedDollars what that saved less what reading cost, at on-demand prices; null for a
 *     provisioned table, which is paid by the hour
 */
public record ComparisonSection(
    String by,
    @Nullable Double scanUnits,
    double keyUnits,
    long compared,
    long added,
    long changed,
    long unchanged,
    long scanned,
    @Nullable Long surplus,
    double readUnits,
    long savedWriteUnits,
    @Nullable Double savedDollars) {

  /** The name of the section. */
  public static final String NAME = "comparison";

  /**
   * Creates the section of a comparison.
   *
   * @param findsSurplus whether items that only the table has were looked for
   * @param onDemand whether requests are paid for
   */
  public static ComparisonSection of(
      Comparison comparison, boolean findsSurplus, boolean onDemand, Prices prices) {
    CompareChoice choice = comparison.choice();
    CompareCounts counts = comparison.counts();
    return new ComparisonSection(
        choice.by().name(),
        choice.scanUnits() < 0 ? null : choice.scanUnits(),
        choice.keyUnits(),
        counts.compared(),
        counts.added(),
        counts.changed(),
        counts.unchanged(),
        counts.scanned(),
        findsSurplus ? counts.surplus() : null,
        counts.readUnits(),
        counts.savedUnits(),
        onDemand
            ? prices.ofWrites(counts.savedUnits()) - prices.ofReads(counts.readUnits())
            : null);
  }

  /** Returns the comparison of a report; empty when the job made none. */
  public static Optional<ComparisonSection> of(JobReport report) {
    return SectionJson.find(report, NAME, ComparisonSection.class);
  }

  /** Returns why the table was read in this way, for a person. */
  String why() {
    boolean isScan = by.equals(CompareChoice.Way.SCAN.name());
    if (scanUnits == null) {
      return (isScan ? "by a scan" : "by keys")
          + "; DynamoDB has not counted the table's items yet";
    }
    return isScan
        ? String.format(
            Locale.ROOT,
            "by a scan, for about %,.0f read units; by keys %,.0f",
            scanUnits,
            keyUnits)
        : String.format(
            Locale.ROOT,
            "by keys, for about %,.0f read units; by a scan %,.0f",
            keyUnits,
            scanUnits);
  }
}
