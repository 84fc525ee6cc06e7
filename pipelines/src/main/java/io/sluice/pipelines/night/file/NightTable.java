/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import java.util.List;

/**
 * A table of a night.
 *
 * @param name by which the file refers to it
 * @param after the tables that must be done before it begins
 * @param steps its steps, in their order
 */
public record NightTable(String name, List<String> after, List<NightStep> steps) {
  public NightTable {
    after = List.copyOf(after);
    steps = List.copyOf(steps);
  }
}
