/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeySchema;
import io.sluice.snapshot.SnapshotState;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.catalog.GlueCatalog;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Settings for publishing a snapshot.
 *
 * @param totalSegments of the scan, 1 or more
 * @param keep how many snapshots to keep; 0 for all
 * @param tableArn the table's ARN; null when it is not known
 * @param glue the catalog in which to register; null for none
 * @param definition how the table would be created again; null when it is not recorded
 * @param ending whether it is published, or held
 */
public record PublishSpec(
    SnapshotTarget target,
    FileFormat format,
    KeySchema keySchema,
    int totalSegments,
    Existing existing,
    int keep,
    TreeMap<String, String> options,
    @Nullable String tableArn,
    @Nullable GlueCatalog glue,
    @Nullable TableDefinition definition,
    Ending ending)
    implements Serializable {

  /** Settings of a snapshot that does not record how its table would be created again. */
  public PublishSpec(
      SnapshotTarget target,
      FileFormat format,
      KeySchema keySchema,
      int totalSegments,
      Existing existing,
      int keep,
      TreeMap<String, String> options,
      @Nullable String tableArn,
      @Nullable GlueCatalog glue) {
    this(
        target,
        format,
        keySchema,
        totalSegments,
        existing,
        keep,
        options,
        tableArn,
        glue,
        null,
        Ending.PUBLISH);
  }

  /** How publishing ends. */
  public enum Ending {
    /** Readers see the snapshot. */
    PUBLISH(SnapshotState.SUCCESS, SnapshotState.PUBLISHED),
    /** All is in place, and {@link HeldSnapshot} publishes it. */
    HOLD(SnapshotState.HELD_MARK, SnapshotState.HELD);

    private final String mark;
    private final SnapshotState state;

    Ending(String mark, SnapshotState state) {
      this.mark = mark;
      this.state = state;
    }

    /** Returns the file that is written last. */
    String mark() {
      return mark;
    }

    SnapshotState state() {
      return state;
    }
  }

  /** What to do with an existing snapshot of the same time. */
  public enum Existing {
    REFUSE,
    REPLACE
  }

  public PublishSpec {
    if (totalSegments < 1) {
      throw new IllegalArgumentException(
          "totalSegments is " + totalSegments + ", must be 1 or more");
    }
    if (keep < 0) {
      throw new IllegalArgumentException("keep is " + keep + ", must be 0 or more");
    }
    if (glue != null && !target.folder().output().startsWith("s3://")) {
      throw new IllegalArgumentException(
          "the output is " + target.folder().output() + ", must be in S3 for a Glue catalog");
    }
  }

  public PublishSpec with(Existing other) {
    return new PublishSpec(
        target,
        format,
        keySchema,
        totalSegments,
        other,
        keep,
        options,
        tableArn,
        glue,
        definition,
        ending);
  }

  public PublishSpec withKeep(int n) {
    return new PublishSpec(
        target,
        format,
        keySchema,
        totalSegments,
        existing,
        n,
        options,
        tableArn,
        glue,
        definition,
        ending);
  }

  PublishSpec withOptions(Map<String, String> some) {
    return new PublishSpec(
        target,
        format,
        keySchema,
        totalSegments,
        existing,
        keep,
        new TreeMap<>(some),
        tableArn,
        glue,
        definition,
        ending);
  }

  public PublishSpec withTableArn(@Nullable String arn) {
    return new PublishSpec(
        target,
        format,
        keySchema,
        totalSegments,
        existing,
        keep,
        options,
        arn,
        glue,
        definition,
        ending);
  }

  public PublishSpec withGlue(GlueCatalog catalog) {
    return new PublishSpec(
        target,
        format,
        keySchema,
        totalSegments,
        existing,
        keep,
        options,
        tableArn,
        catalog,
        definition,
        ending);
  }

  PublishSpec withDefinition(@Nullable TableDefinition other) {
    return new PublishSpec(
        target,
        format,
        keySchema,
        totalSegments,
        existing,
        keep,
        options,
        tableArn,
        glue,
        other,
        ending);
  }

  /** Returns the same, with another ending. */
  public PublishSpec ending(Ending other) {
    return new PublishSpec(
        target,
        format,
        keySchema,
        totalSegments,
        existing,
        keep,
        options,
        tableArn,
        glue,
        definition,
        other);
  }
}
