/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Writes and reads sections of a report: records whose components are the members of the JSON. */
public final class SectionJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SectionJson() {}

  /** Writes a section as JSON, with members in the order of the components. */
  public static String write(Record section) {
    try {
      return JSON.writeValueAsString(section);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not to be written as JSON", e);
    }
  }

  /**
   * Finds a section of a report; empty when the report has none with this name.
   *
   * @throws IllegalArgumentException when the section is not of this type
   */
  public static <T extends Record> Optional<T> find(JobReport report, String name, Class<T> type) {
    String json = report.sections().get(name);
    try {
      return json == null ? Optional.empty() : Optional.of(JSON.readValue(json, type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a section " + name, e);
    }
  }
}
