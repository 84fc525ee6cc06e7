/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.night.file.Night;
import io.sluice.pipelines.night.file.NightStep;
import io.sluice.pipelines.night.file.NightTable;
import java.util.ArrayList;
import java.util.List;

/** Describes in lines what a night would do, without secrets. */
final class NightText {
  private NightText() {}

  static List<String> of(Night night) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: tables: %d, at once: %d, ledger: %s"
            .formatted(night.name(), night.tables().size(), night.parallel(), night.ledger()));
    for (NightTable table : night.tables()) {
      String after = table.after().isEmpty() ? "" : ", after " + String.join(", ", table.after());
      lines.add("  " + table.name() + after);
      int number = 0;
      for (NightStep step : table.steps()) {
        number++;
        lines.add(
            "    %d %s %s%s"
                .formatted(
                    number,
                    step.verb(),
                    String.join(" ", step.shown()),
                    step.isHeld() ? " --" + step.publishes() + "=THE-TIME-OF-THE-NIGHT" : ""));
      }
    }
    if (night.isHeld()) {
      lines.add("  then: publish the snapshots of all tables together");
    }
    return lines;
  }
}
