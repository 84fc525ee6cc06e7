/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.read;

import io.sluice.format.json.ChangeKind;
import io.sluice.format.registry.FileFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The forms in which changes of a table are recorded. */
public enum ChangeFormat {
  /**
   * Records of DynamoDB Streams: as Lambda and EventBridge Pipes hand them on, alone, in lists, in
   * {@code {"Records":[…]}}, with or without anything between them.
   */
  STREAM(ChangeKind.STREAM),
  /** Records of Kinesis Data Streams for DynamoDB, also within records of Kinesis. */
  KINESIS(ChangeKind.KINESIS),
  /** Incremental exports of DynamoDB to S3, by their manifests. */
  INCREMENTAL_EXPORT(ChangeKind.INCREMENTAL_EXPORT),
  /** Files of AWS DMS, CSV or Parquet, whose first column is {@code Op}. */
  DMS(ChangeKind.DMS),
  /** Objects {@code {"action":…,"sequenceNumber":…,"object":{…}}}. */
  SIMPLE(ChangeKind.SIMPLE),
  /** A folder of changes that a capture has made, by its commits. */
  FEED(ChangeKind.STREAM);

  private final ChangeKind kind;

  ChangeFormat(ChangeKind kind) {
    this.kind = kind;
  }

  /** Returns the form of a single record. */
  ChangeKind kind() {
    return kind;
  }

  /** Returns the formats in which the files are read, if options of those are of use. */
  public Set<FileFormat> formats() {
    return switch (this) {
      case STREAM, KINESIS, FEED -> Set.of();
      case INCREMENTAL_EXPORT -> Set.of(FileFormat.DYNAMODB_JSON, FileFormat.ION);
      case DMS -> Set.of(FileFormat.CSV, FileFormat.PARQUET);
      case SIMPLE -> Set.of(FileFormat.JSON);
    };
  }

  /** Whether a manifest or a commit lists the files. */
  public boolean isListed() {
    return this == FEED || this == INCREMENTAL_EXPORT;
  }

  /** Returns the form whose files are known by this kind of record. */
  static ChangeFormat of(ChangeKind kind) {
    return Arrays.stream(values()).filter(form -> form.kind == kind).findFirst().orElseThrow();
  }

  /**
   * Finds a form by its name, in any case.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ChangeFormat parse(String name) {
    String wanted = name.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(form -> form.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the form of changes is %s, must be one of %s"
                        .formatted(name, Arrays.toString(values()))));
  }
}
