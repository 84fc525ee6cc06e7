/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines;

import java.io.IOException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The places that a job writes at its very end, looked at before it begins. */
final class Places {
  private static final String PROBE = ".sluice-probe*";

  private Places() {}

  /**
   * Looks whether the folder of the rejections can be reached.
   *
   * @throws JobException when it cannot
   */
  static void checkRejects(@Nullable String place) {
    check("rejects", place);
  }

  /**
   * Looks whether the place of the report can be reached.
   *
   * @throws JobException when it cannot
   */
  static void checkReport(@Nullable String place) {
    check("report", place);
  }

  private static void check(String option, @Nullable String place) {
    if (place == null) {
      return;
    }
    if (place.matches("[a-z0-9]+://[^/]+/?") || (option.equals("report") && place.endsWith("/"))) {
      throw new JobException("--" + option + "=" + place + " must name something in the bucket");
    }
    try {
      // A glob, since S3 does not tell a missing bucket from a missing object; and one that matches
      // nothing, since a folder of many runs would be listed whole.
      FileSystems.match(place + PROBE, EmptyMatchTreatment.ALLOW).metadata();
    } catch (IOException | RuntimeException e) {
      throw new JobException(
          "--" + option + "=" + place + " cannot be reached: " + Causes.oneLine(e), e);
    }
  }
}
