/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Orders tables so that each comes after those that it needs; otherwise they stay in the order of
 * the file.
 *
 * @param tables with different names
 * @param problems receives a table whose {@code after} is wrong, and why
 */
record TableOrder(List<NightTable> tables, BiConsumer<NightTable, String> problems) {

  List<NightTable> ordered() {
    Map<String, NightTable> open = new LinkedHashMap<>();
    tables.forEach(table -> open.put(table.name(), table));
    boolean isWrong = false;
    for (NightTable table : tables) {
      for (String other : table.after()) {
        if (!open.containsKey(other)) {
          problems.accept(table, "after names " + other + ", which is none of the tables");
          isWrong = true;
        }
      }
    }
    return isWrong ? tables : ordered(open);
  }

  private List<NightTable> ordered(Map<String, NightTable> open) {
    List<NightTable> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (!open.isEmpty()) {
      List<NightTable> ready =
          open.values().stream().filter(table -> done.containsAll(table.after())).toList();
      if (ready.isEmpty()) {
        problems.accept(
            open.values().iterator().next(),
            "after makes a cycle, or waits for one: " + String.join(", ", open.keySet()));
        return tables;
      }
      for (NightTable table : ready) {
        ordered.add(table);
        done.add(table.name());
        open.remove(table.name());
      }
    }
    return ordered;
  }
}
