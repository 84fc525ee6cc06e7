/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds steps that would put two snapshots into one place: those of a night have one time.
 *
 * @param errors receives the later of two
 */
record HeldPlaces(FileErrors errors) {

  void check(List<NightTable> tables) {
    Map<List<String>, NightStep> places = new HashMap<>();
    for (NightTable table : tables) {
      for (NightStep step : table.steps()) {
        List<String> place =
            step.arguments().stream()
                .filter(option -> option.startsWith("--table=") || option.startsWith("--output="))
                .map(option -> option.replaceFirst("/+$", ""))
                .sorted()
                .toList();
        NightStep before = step.isHeld() ? places.putIfAbsent(place, step) : null;
        if (before != null) {
          errors.add(
              step.line(),
              "%s: line %d puts a snapshot of the same table and time into the same output"
                  .formatted(step.verb(), before.line()));
        }
      }
    }
  }
}
