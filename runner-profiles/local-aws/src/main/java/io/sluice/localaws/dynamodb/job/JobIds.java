/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.job;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the ids of jobs. */
public final class JobIds {

  private JobIds() {}

  /**
   * Makes an id as the service does: when the job was started, in milliseconds since 1970 and 14
   * digits, and 8 hexadecimal digits at random.
   */
  public static String of(Instant started) {
    return String.format(
        "%014d-%08x", started.toEpochMilli(), ThreadLocalRandom.current().nextInt());
  }
}
