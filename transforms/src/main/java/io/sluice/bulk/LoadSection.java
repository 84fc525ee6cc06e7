/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.report.JobReport;
import io.sluice.report.SectionJson;
import java.util.List;
import java.util.Optional;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The section of a report about an operation of DynamoDB that loaded the items.
 *
 * @param operation its name in the API; null if nothing was to be loaded
 * @param ids the ARNs of all such operations, of which each loads what the one before has left
 * @param staged the folder of the files
 * @param files that it read
 * @param bytes that AWS charges for: by an import those of the files without compression
 */
public record LoadSection(
    @Nullable String operation, List<String> ids, @Nullable String staged, long files, long bytes) {
  public LoadSection {
    ids = List.copyOf(ids);
  }

  /** The name of the section. */
  public static final String NAME = "load";

  /** The section of a job that had nothing to load. */
  public static final String NOTHING =
      SectionJson.write(new LoadSection(null, List.of(), null, 0, 0));

  /** Parses a section. */
  public static LoadSection parse(String json) {
    try {
      return new ObjectMapper().readValue(json, LoadSection.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a section " + NAME, e);
    }
  }

  /** Finds the section of a report; empty when DynamoDB has loaded nothing. */
  public static Optional<LoadSection> of(JobReport report) {
    return SectionJson.find(report, NAME, LoadSection.class)
        .filter(section -> section.operation() != null);
  }
}
