/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import io.sluice.plan.Charges;
import io.sluice.plan.Estimate;
import io.sluice.storage.Storage;

/** How many requests to S3 it takes, at least, to write and publish the files of a snapshot. */
public final class OutputRequests {
  /** A file is written under a name that readers ignore, and copied when all are there. */
  private static final int OF_FILE = 2;

  private OutputRequests() {}

  /**
   * Adds them to a bill, if the output is in S3. Large files are written in parts, and publishing
   * lists, and writes some small files: so there is no upper bound.
   *
   * @param output where the snapshot will be
   * @param files how many files it will have
   */
  public static void add(Charges charges, String output, Estimate files) {
    if (Storage.isS3(output)) {
      Estimate writes =
          files.isKnown() ? Estimate.atLeast(OF_FILE * Math.ceil(files.low())) : Estimate.UNKNOWN;
      charges.requests(writes, Estimate.UNKNOWN);
    }
  }
}
