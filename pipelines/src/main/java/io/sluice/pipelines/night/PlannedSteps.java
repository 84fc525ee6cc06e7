/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.pipelines.cli.UsageException;
import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.file.NightTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps of a night that is the run of a plan. */
final class PlannedSteps {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlannedSteps() {}

  /**
   * Has each step report what was planned of it.
   *
   * @param planned the plan that this is a run of, in JSON
   */
  static Night of(Night night, String planned) {
    Map<String, String> parts = new HashMap<>();
    try {
      for (JsonNode part : JSON.readTree(planned).path("parts")) {
        parts.put(part.path("title").asText().split(": ", 2)[0], part.toString());
      }
    } catch (JsonProcessingException e) {
      throw new UsageException("--planned is no plan: plan --apply sets it");
    }
    List<NightTable> tables = new ArrayList<>();
    for (NightTable table : night.tables()) {
      List<NightStep> steps = new ArrayList<>();
      for (NightStep step : table.steps()) {
        String part = parts.get(nameOf(table, steps.size() + 1, step));
        steps.add(part == null ? step : step.with(List.of("--planned=" + part)));
      }
      tables.add(new NightTable(table.name(), table.after(), steps));
    }
    return night.with(tables);
  }

  /** Returns how a plan names a step. */
  static String nameOf(NightTable table, int number, NightStep step) {
    return "%s, step %d, %s".formatted(table.name(), number, step.verb());
  }
}
