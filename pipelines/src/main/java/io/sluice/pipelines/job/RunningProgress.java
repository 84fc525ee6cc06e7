/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

/** Shows the progress of a job until it is closed. */
public interface RunningProgress extends AutoCloseable {
  @Override
  void close();
}
