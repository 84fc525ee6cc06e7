/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.pipelines.cli.Group;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The options of all pipelines that publish a snapshot. */
public interface SnapshotOptions extends TableOptions {

  @Group(Group.Heading.OUTPUT)
  @Description("Replace an existing snapshot of the same time.")
  @Default.Boolean(false)
  boolean isOverwrite();

  void setOverwrite(boolean value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "Number of the table's snapshots to keep, including this one; older ones are deleted once"
          + " this one is published. Default: all.")
  @Nullable Integer getKeepSnapshots();

  void setKeepSnapshots(Integer value);

  @Group(Group.Heading.OUTPUT)
  @Description(
      "When readers see the snapshot. NOW: at the end of the job. HOLD: not yet; all of its files are"
          + " in place, and the snapshots before it stay the latest. RELEASE: publish what HOLD has put"
          + " in place, given the same options and its time; reads no table.")
  @Default.Enum("NOW")
  Publishing getPublish();

  void setPublish(Publishing value);
}
