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
import java.util.function.Consumer;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The settings for publishing a snapshot; each change makes a copy. */
public final class PublishSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SnapshotTarget target;
  private final FileFormat format;
  private final KeySchema keySchema;
  private final int totalSegments;
  private Existing existing = Existing.REFUSE;
  private int keep;
  private TreeMap<String, String> options = new TreeMap<>();
  private @Nullable String tableArn;
  private @Nullable GlueCatalog glue;
  private @Nullable TableDefinition definition;
  private Ending ending = Ending.PUBLISH;

  /**
   * Settings of a snapshot that replaces none, and after which all others are kept.
   *
   * @param totalSegments of the scan, 1 or more
   */
  public PublishSpec(
      SnapshotTarget target, FileFormat format, KeySchema keySchema, int totalSegments) {
    if (totalSegments < 1) {
      throw new IllegalArgumentException(
          "totalSegments is " + totalSegments + ", must be 1 or more");
    }
    this.target = target;
    this.format = format;
    this.keySchema = keySchema;
    this.totalSegments = totalSegments;
  }

  private PublishSpec with(Consumer<PublishSpec> change) {
    PublishSpec changed = new PublishSpec(target, format, keySchema, totalSegments);
    changed.existing = existing;
    changed.keep = keep;
    changed.options = options;
    changed.tableArn = tableArn;
    changed.glue = glue;
    changed.definition = definition;
    changed.ending = ending;
    change.accept(changed);
    return changed;
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

  /** Returns the same, with another treatment of a snapshot of the same time. */
  public PublishSpec with(Existing other) {
    return with(spec -> spec.existing = other);
  }

  /**
   * Returns the same, with another number of snapshots to keep.
   *
   * @param snapshots 1 or more; 0 for all
   */
  public PublishSpec withKeep(int snapshots) {
    if (snapshots < 0) {
      throw new IllegalArgumentException("keep is " + snapshots + ", must be 0 or more");
    }
    return with(spec -> spec.keep = snapshots);
  }

  /** Returns the same, with these options of the job to be listed in the manifest. */
  public PublishSpec withOptions(Map<String, String> some) {
    return with(spec -> spec.options = new TreeMap<>(some));
  }

  /** Returns the same, with the table's ARN; null when it is not known. */
  public PublishSpec withTableArn(@Nullable String arn) {
    return with(spec -> spec.tableArn = arn);
  }

  /**
   * Returns the same, with a catalog in which to register; null for none.
   *
   * @throws IllegalArgumentException when the output is not in S3
   */
  public PublishSpec withGlue(@Nullable GlueCatalog catalog) {
    if (catalog != null && !target.folder().output().startsWith("s3://")) {
      throw new IllegalArgumentException(
          "the output is " + target.folder().output() + ", must be in S3 for a Glue catalog");
    }
    return with(spec -> spec.glue = catalog);
  }

  /** Returns the same, with how the table would be created again; null when it is not recorded. */
  PublishSpec withDefinition(@Nullable TableDefinition other) {
    return with(spec -> spec.definition = other);
  }

  /** Returns the same, with another ending. */
  public PublishSpec ending(Ending other) {
    return with(spec -> spec.ending = other);
  }

  public SnapshotTarget target() {
    return target;
  }

  FileFormat format() {
    return format;
  }

  KeySchema keySchema() {
    return keySchema;
  }

  int totalSegments() {
    return totalSegments;
  }

  Existing existing() {
    return existing;
  }

  int keep() {
    return keep;
  }

  TreeMap<String, String> options() {
    return options;
  }

  @Nullable String tableArn() {
    return tableArn;
  }

  @Nullable GlueCatalog glue() {
    return glue;
  }

  @Nullable TableDefinition definition() {
    return definition;
  }

  Ending ending() {
    return ending;
  }
}
