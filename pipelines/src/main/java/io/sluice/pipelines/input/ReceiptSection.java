/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.dynamodb.verify.Receipt;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What a verification compared, in the report of the job: counts and hashes that do not depend on
 * an order, so that those of two runs can be compared.
 *
 * @param sourceItems how many items of the input were compared
 * @param tableItems for how many of them the table has an item
 * @param surplusItems how many items only the table has, which are not in the hash; null when they
 *     were not looked for
 * @param sourceHash the hash of the compared items, as 32 hexadecimal digits: see {@link
 *     io.sluice.item.ContentHash}
 * @param tableHash the hash of the items that the table has for them
 */
public record ReceiptSection(
    long sourceItems,
    long tableItems,
    @Nullable Long surplusItems,
    String sourceHash,
    String tableHash) {

  /** The name of the section. */
  public static final String NAME = "receipt";

  /**
   * Creates the section.
   *
   * @param surplus how many items only the table has; null when they were not looked for
   */
  public static ReceiptSection of(Receipt receipt, @Nullable Long surplus) {
    return new ReceiptSection(
        receipt.sourceItems(),
        receipt.tableItems(),
        surplus,
        receipt.sourceHash().toString(),
        receipt.tableHash().toString());
  }

  /** Returns the section of a report; empty when the job was no verification. */
  static Optional<ReceiptSection> of(JobReport report) {
    return SectionJson.find(report, NAME, ReceiptSection.class);
  }
}
