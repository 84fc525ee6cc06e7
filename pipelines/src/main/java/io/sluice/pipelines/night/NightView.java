/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.night.page.StepProgress;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Shows a night while it runs. */
interface NightView extends AutoCloseable {

  /**
   * Shows what a table is doing.
   *
   * @param state in a few words
   */
  void table(String table, String state);

  /**
   * Shows how far a step is; it may be left out.
   *
   * @param progress null when the step does not say
   */
  void progress(String table, @Nullable StepProgress progress);

  /** Shows a line of the result of a step. */
  void result(String table, String line);

  /** Shows an error or a remark of a step, which is in the ledger too; it may be left out. */
  void remark(String table, String line);

  /** Shows a line about the whole night. */
  void tell(String line);

  @Override
  void close();
}
