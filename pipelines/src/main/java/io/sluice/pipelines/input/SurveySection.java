/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.capacity.TableCapacity;
import io.sluice.capacity.WriteLoad;
import io.sluice.report.JobReport;
import java.util.HashMap;
import java.util.Map;

/** The survey in the report of a job. */
public final class SurveySection {
  /** The section of the report. */
  public static final String SECTION = "survey";

  private static final ObjectMapper JSON = new ObjectMapper();

  private SurveySection() {}

  static JsonNode of(JobReport report) {
    try {
      return JSON.readTree(report.sections().get(SECTION));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a survey", e);
    }
  }

  /** What is to be written: what local indexes take is the table's. */
  public static WriteLoad load(JobReport report, TableCapacity capacity) {
    JsonNode survey = of(report);
    double table = survey.at("/writeUnits/table").asDouble();
    Map<String, Double> indexes = new HashMap<>();
    for (Map.Entry<String, JsonNode> index : survey.at("/writeUnits/ofIndex").properties()) {
      if (capacity.indexes().containsKey(index.getKey())) {
        indexes.put(index.getKey(), index.getValue().asDouble());
      } else {
        table += index.getValue().asDouble();
      }
    }
    return new WriteLoad(survey.get("items").asLong(), table, indexes);
  }
}
