/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import io.sluice.dynamodb.table.TableDefinition;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.KeySchema;
import io.sluice.schema.TableSchema;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The manifest of a published snapshot, in its file {@code _manifest.json}. A repeated attempt of a
 * run with the same files writes the same manifest.
 *
 * @param run the {@link Run#id} of the run that made it
 * @param table the table's name
 * @param keySchema its primary key
 * @param time the time in the snapshot's name
 * @param format the format of the files
 * @param evaluated how many items DynamoDB evaluated; with a filter more than the files have
 * @param readUnits the units of the scan, as DynamoDB reported them
 * @param scan when the scan took place; a scan is not a point in time
 * @param options of the job, for people
 * @param files the data files, in the order of their names; none for an empty table
 * @param schemaJson the schema of the files, as {@link TableSchema#toJson} writes it
 * @param definition how the table would be created again; null when that is not recorded, as in
 *     manifests of earlier versions
 */
@DefaultCoder(SerializableCoder.class)
public record Manifest(
    String run,
    String table,
    KeySchema keySchema,
    SnapshotTime time,
    FileFormat format,
    long evaluated,
    double readUnits,
    Scan scan,
    Map<String, String> options,
    List<File> files,
    String schemaJson,
    @Nullable TableDefinition definition)
    implements Serializable {

  /** A snapshot that does not record how its table would be created again. */
  public Manifest(
      String run,
      String table,
      KeySchema keySchema,
      SnapshotTime time,
      FileFormat format,
      long evaluated,
      double readUnits,
      Scan scan,
      Map<String, String> options,
      List<File> files,
      String schemaJson) {
    this(
        run,
        table,
        keySchema,
        time,
        format,
        evaluated,
        readUnits,
        scan,
        options,
        files,
        schemaJson,
        null);
  }

  /** The clocks by which a scan may be timed. */
  public enum Clock {
    /** That of the service, whose times of changes can be compared with it. */
    DYNAMODB,
    /** Those of the machines that read, as in manifests of earlier versions. */
    WORKER
  }

  /**
   * The time of a scan, in whole milliseconds.
   *
   * @param start no item is as it was before
   * @param end no item is as it was after
   * @param clock the clock of these times
   */
  public record Scan(Instant start, Instant end, Clock clock) implements Serializable {
    /** By how much the clock of a machine that reads is taken to differ from DynamoDB's. */
    private static final Duration WORKER_MARGIN = Duration.ofMinutes(1);

    public Scan {
      if (end.isBefore(start)) {
        throw new IllegalArgumentException("the scan ends at " + end + ", before " + start);
      }
    }

    /** Returns the time from which on changes may be missing in the items, by DynamoDB's clock. */
    public Instant changesSince() {
      return clock == Clock.WORKER ? start.minus(WORKER_MARGIN) : start;
    }

    /** Returns the time up to which changes may be in the items, by DynamoDB's clock. */
    public Instant changesUntil() {
      return clock == Clock.WORKER ? end.plus(WORKER_MARGIN) : end;
    }
  }

  /**
   * A data file.
   *
   * @param name its path within the snapshot's folder
   * @param items the number of items in it, 0 or more
   * @param bytes its length, 0 or more
   * @param md5 of its bytes, in Base64
   */
  public record File(String name, long items, long bytes, String md5) implements Serializable {
    public File {
      if (name.isEmpty() || name.startsWith("/") || List.of(name.split("/", -1)).contains("..")) {
        throw new IllegalArgumentException("'" + name + "' is no name of a file of a snapshot");
      }
      if (items < 0 || bytes < 0) {
        throw new IllegalArgumentException(
            "items %d and bytes %d of %s must be 0 or more".formatted(items, bytes, name));
      }
    }
  }

  public Manifest {
    if (!FileFormat.written().contains(format)) {
      throw new IllegalArgumentException(
          "the format is %s, must be one of %s".formatted(format, FileFormat.written()));
    }
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    files = List.copyOf(files);
    schemaJson = TableSchema.parse(schemaJson).toJson();
    if (definition != null && !definition.keySchema().equals(keySchema)) {
      throw new IllegalArgumentException(
          "the table's definition has the key %s, not %s"
              .formatted(definition.keySchema(), keySchema));
    }
    if (evaluated < 0 || !(readUnits >= 0)) {
      throw new IllegalArgumentException(
          "evaluated %d and readUnits %s must be 0 or more".formatted(evaluated, readUnits));
    }
    Set<String> names = new HashSet<>();
    for (File file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException(file.name() + " is listed twice");
      }
    }
  }

  /** Returns the number of items in the files. */
  public long items() {
    return files.stream().mapToLong(File::items).sum();
  }

  /** Returns the total length of the files. */
  public long bytes() {
    return files.stream().mapToLong(File::bytes).sum();
  }

  /** Parses the schema of the files. */
  public TableSchema schema() {
    return TableSchema.parse(schemaJson);
  }
}
