/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.e2e;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks published snapshots. */
final class Snapshots {
  private Snapshots() {}

  /** Gives what DuckDB answers: the last row. */
  static String query(Object output, String sql, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--pipeline=query", "--output=" + output));
    arguments.addAll(List.of(more));
    arguments.add(sql);
    List<String> lines =
        Program.startJar("direct", arguments).mustExitWith(0).output().strip().lines().toList();
    return lines.get(lines.size() - 2).strip();
  }
}
