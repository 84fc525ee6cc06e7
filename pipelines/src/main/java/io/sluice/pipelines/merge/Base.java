/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.merge;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeySchema;
import io.sluice.item.page.SourcedPage;
import io.sluice.snapshot.Manifest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The items of the table at an earlier time, to which changes are applied. */
interface Base {

  /** Returns its folder, ending in a slash. */
  String place();

  /** Returns when it was read. */
  Manifest.Scan scan();

  /**
   * Whether it has all changes before one moment and none later, by the clock that incremental
   * exports have, too.
   */
  boolean isMoment();

  /**
   * Whether it may have an item that was put and deleted again within an incremental export, which
   * has no record of it.
   */
  boolean mayHavePassingItems();

  /** Returns the time from which on a change is certainly not in it; 1970 when all are known. */
  Instant complete();

  /** Returns the format in which the result is written. */
  FileFormat format();

  /** Returns the key of the table; empty when the base does not say it. */
  Optional<KeySchema> keySchema();

  /** Returns the ARN of the table; empty when the base does not say it. */
  Optional<String> tableArn();

  /** Returns how the table would be created again; null when that is not recorded. */
  @Nullable TableDefinition definition();

  /** Returns how many bytes its files have. */
  long bytes();

  /** Returns how many items it has; -1 if it does not say that. */
  long items();

  /**
   * Reads its items, with their keys, into these buckets.
   *
   * @param threads of each reader, 1 or more
   */
  PTransform<PBegin, PCollection<SourcedPage>> read(KeySchema schema, int buckets, int threads);

  /** Says what a person has to know of it, a line each. */
  List<String> warnings();

  /** Whether it has no change that is later than a time; null for any time. */
  default boolean endsBy(@Nullable Instant asOf) {
    return asOf == null || !scan().changesUntil().isAfter(asOf);
  }
}
