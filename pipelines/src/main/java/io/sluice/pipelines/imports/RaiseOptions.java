/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.imports;

import io.sluice.pipelines.cli.Group;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The options that raise the capacity of a table for a job; {@link RaisePlan} defines their
 * meaning.
 */
public interface RaiseOptions extends PipelineOptions {

  @Group(Group.Heading.BUDGET)
  @Description(
      "Raise the table's write capacity before the first write and put it back when the job has"
          + " ended, however it ends: to this many units, such as 5000, or to what --deadline needs"
          + " (DEADLINE). Nothing is lowered. Its indexes are raised to what the input needs of"
          + " them, if --deadline finds that out, or as far as the table. A tag of the table has the"
          + " former capacity meanwhile: if the job is killed, RESTORE puts it back and does nothing"
          + " else.")
  @Nullable String getRaiseCapacity();

  void setRaiseCapacity(String value);

  @Group(Group.Heading.BUDGET)
  @Description(
      "A name for the run that raises the capacity, of letters, digits and '-', 50 at most. A later"
          + " run of the same name takes over what this one has left raised without waiting until"
          + " it seems to have ended: never run two at once. A night names each of its steps."
          + " Default: a name of its own.")
  @Nullable String getRaisedBy();

  void setRaisedBy(String value);
}
