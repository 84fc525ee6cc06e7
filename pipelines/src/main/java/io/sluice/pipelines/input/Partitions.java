/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.JobException;
import io.sluice.source.PathColumns;
import io.sluice.source.PathPartitions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.fs.MatchResult;

/** Checks the columns in the names of the input's folders, such as {@code dt=2024-01-31}. */
final class Partitions {
  private static final int SHOWN = 10;

  private Partitions() {}

  /**
   * Checks that each file's path has the wanted columns, and names other columns in the paths,
   * which are in no item.
   *
   * @throws JobException when a path lacks a column
   */
  static void check(List<MatchResult.Metadata> files, PathColumns wanted, Console console) {
    Set<String> unused = new LinkedHashSet<>();
    for (MatchResult.Metadata file : files) {
      String path = file.resourceId().toString();
      List<String> missing = wanted.missingIn(path);
      if (!missing.isEmpty()) {
        throw new JobException(
            "--pathColumns: %s is in no folder %s=…".formatted(path, missing.get(0)));
      }
      unused.addAll(PathPartitions.of(path).keySet());
    }
    unused.removeAll(wanted.types().keySet());
    if (!unused.isEmpty()) {
      console.tell(hint(unused));
    }
  }

  /** Returns the line about folders that look like columns and are not read. */
  static String hint(Set<String> unused) {
    List<String> names = new ArrayList<>(unused).subList(0, Math.min(SHOWN, unused.size()));
    names = names.stream().map(name -> name.replaceAll("\\p{Cntrl}", "?")).toList();
    String more = unused.size() > SHOWN ? ", …" : "";
    return "folders of the input look like columns, and become no attributes: "
        + names.stream().map(name -> name + "=…").collect(Collectors.joining(", "))
        + more
        + "; to have them give --pathColumns="
        + names.stream().map(name -> name + ":S").collect(Collectors.joining(","));
  }
}
