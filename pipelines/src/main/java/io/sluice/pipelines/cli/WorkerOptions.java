/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of pipelines with a rate limit that divide the rate among workers. */
public interface WorkerOptions extends SluiceOptions {

  @Group(Group.Heading.BUDGET)
  @Description(
      "Number of worker slots of a cluster among which the rate is divided. Default: the runner's"
          + " parallelism, if set; not needed on a single machine.")
  @Nullable Integer getWorkers();

  void setWorkers(Integer value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "Folder through which the JVMs of a cluster divide the rate by need, in S3 or on a disk that"
          + " all of them have. Small files are made and deleted there, several a second. Default:"
          + " _coordination below --output or --rejects, if that is in S3; otherwise each JVM has"
          + " a fixed share by its worker slots, as with none. Not used on a single machine.")
  @Nullable String getCoordination();

  void setCoordination(String value);
}
