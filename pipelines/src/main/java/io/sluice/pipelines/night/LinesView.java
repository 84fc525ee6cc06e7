/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.night.page.StepProgress;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Shows a night as lines, each with its table: for a log. */
record LinesView(Console console) implements NightView {

  @Override
  public void table(String table, String state) {
    console.tell(table + ": " + state);
  }

  /** Only a terminal has a line that changes. */
  @Override
  public void progress(String table, @Nullable StepProgress progress) {}

  @Override
  public void result(String table, String line) {
    console.out().println(table + "| " + line);
  }

  @Override
  public void remark(String table, String line) {
    console.err().println(table + "| " + line);
  }

  @Override
  public void tell(String line) {
    console.tell(line);
  }

  @Override
  public void close() {}
}
