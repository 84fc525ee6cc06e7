/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.pipelines.cli.Console;

/** Opens the input that the options name. */
public final class ItemInputs {
  private ItemInputs() {}

  /**
   * Lists the files, or opens the rows of a database.
   *
   * @param workers slots of the cluster; 0 when all work is in this JVM
   * @param waits whether this program waits for the end of the job
   * @throws io.sluice.pipelines.cli.JobException when that is not possible
   */
  public static ItemInput open(InputSettings plan, int workers, boolean waits, Console console) {
    return plan.jdbc() == null
        ? InputListing.of(plan, console)
        : JdbcInput.open(plan.jdbc(), workers, waits, console);
  }
}
