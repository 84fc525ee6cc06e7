/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.change.merge.MergeChanges;
import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Changes to be applied, of which the files are not known yet. */
interface Deltas {

  /**
   * Returns the point in time of the result.
   *
   * @param asked null for the last one of which all changes are there
   */
  Instant asOf(@Nullable Instant asked);

  /**
   * Finds the files.
   *
   * @throws io.sluice.pipelines.cli.JobException when not all changes since the base are there
   */
  Range since(Base base, Instant asOf);

  /** Changes whose files are known. */
  interface Range {

    /** Returns how the manifest of the result names their kind. */
    String kind();

    /** Whether they say of every item that the base may have what it is at the point in time. */
    boolean isExact();

    /** Returns how many bytes the files have. */
    long bytes();

    /** Returns how many changes the files have, of any time; -1 if that is not known. */
    long changes();

    /**
     * Returns the key attributes of the table, of which the order is not known; none when the
     * changes do not say them.
     */
    List<KeyAttribute> keyAttributes();

    MergeChanges onto(Base base, KeySchema schema, int buckets);

    /** Says what a person has to know of them, a line each. */
    List<String> warnings();
  }
}
