/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.capture;

import io.sluice.change.capture.CaptureTask.OnGap;
import io.sluice.pipelines.cli.Group;
import io.sluice.pipelines.table.CatalogOptions;
import io.sluice.pipelines.table.TableOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of a capture. */
public interface CaptureOptions extends TableOptions, CatalogOptions {

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Folder for the changes, such as s3://bucket/feeds. Those of the table are added below"
          + " changes_TABLE, by hour; the next run goes on where this one stopped.")
  @Nullable String getOutput();

  void setOutput(String value);

  @Group(Group.Heading.TABLE)
  @Description(
      "Enable a stream of new and old images if the table has none. It records changes from then"
          + " on.")
  @Default.Boolean(false)
  boolean isEnableStream();

  void setEnableStream(boolean value);

  @Group(Group.Heading.INPUT)
  @Description(
      "If the stream has forgotten changes that were not read yet: FAIL, and add nothing; or"
          + " RESNAPSHOT, and begin anew with what is left, which needs a snapshot of the table that"
          + " is taken afterwards. A stream keeps changes for 24 hours.")
  @Default.Enum("FAIL")
  OnGap getOnGap();

  void setOnGap(OnGap value);

  @Group(Group.Heading.INPUT)
  @Description(
      "Run again at this interval, such as 5m or 1h, until the program is stopped or a run fails."
          + " Default: run once.")
  @Nullable String getEvery();

  void setEvery(String value);
}
