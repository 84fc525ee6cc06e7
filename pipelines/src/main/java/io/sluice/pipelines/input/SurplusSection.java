/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.util.List;
import java.util.Optional;

/**
 * Examples of the items that a dry run found only in the table, in the report of the job.
 *
 * @param firstKeys some of their keys in DynamoDB JSON, those that come first by their text
 */
public record SurplusSection(List<String> firstKeys) {

  /** The name of the section. */
  public static final String NAME = "surplus";

  /** The most keys in the section. */
  public static final int MOST_KEYS = 10;

  public SurplusSection {
    firstKeys = List.copyOf(firstKeys);
  }

  /** Returns the section of a report; empty when the job did not look for such items. */
  static Optional<SurplusSection> of(JobReport report) {
    return SectionJson.find(report, NAME, SurplusSection.class);
  }
}
