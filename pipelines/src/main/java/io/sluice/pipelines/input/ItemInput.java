/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.item.KeyAttribute;
import io.sluice.item.KeySchema;
import io.sluice.item.page.Buckets;
import io.sluice.pipelines.cli.JobException;
import io.sluice.report.Outcome;
import io.sluice.source.KeyFrom;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;

/** An input of items: files, or rows of a database. It is open until the job has ended. */
public interface ItemInput extends JobInput, AutoCloseable {

  /**
   * Describes how records become items of a table.
   *
   * @param key the table's key
   * @param keyFrom the source of the partition key
   * @param indexKeys the keys of the table's indexes
   * @param threads how many threads a reader has
   * @param buckets over which the items are spread
   */
  record Reading(
      KeySchema key, KeyFrom keyFrom, List<KeyAttribute> indexKeys, int threads, Buckets buckets) {}

  /** Reads the items, in pages. */
  PTransform<PBegin, Outcome> read(Reading how);

  /**
   * Checks that records can have the key of a table.
   *
   * @throws JobException when it is known that none can
   */
  default void checkKey(KeySchema key, KeyFrom keyFrom) {}

  /**
   * Whether what is read was there at one moment: a change meanwhile is seen whole or not at all.
   */
  default boolean isOneState() {
    return true;
  }

  /** Returns the files that are read; none for a database. */
  default List<MatchResult.Metadata> files() {
    return List.of();
  }

  /**
   * Returns where the items come from: the files, and the folders of manifests that list them; none
   * for a database.
   */
  default List<String> places() {
    return List.of();
  }

  /**
   * Checks that the files may be deleted.
   *
   * @throws JobException when one must not, or cannot
   */
  default void checkDeletable() {}

  @Override
  default void close() {}
}
