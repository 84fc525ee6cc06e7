/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The option of pipelines with a rate limit that divides the rate among workers. */
public interface WorkerOptions extends SluiceOptions {

  @Group(Group.Heading.BUDGET)
  @Description(
      "Number of worker slots of a cluster among which the rate is divided. Default: the runner's"
          + " parallelism, if set; not needed on a single machine.")
  @Nullable Integer getWorkers();

  void setWorkers(Integer value);
}
