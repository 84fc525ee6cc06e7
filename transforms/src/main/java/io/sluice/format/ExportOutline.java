/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.time.Instant;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The facts about an export that go into manifests.
 *
 * @param exportId in the form of DynamoDB's own exports
 * @param bucket of the export; null outside S3
 * @param prefix the key of the snapshot's folder, ending in a slash
 * @param tableArn the ARN of the table
 * @param start when the export began
 * @param scanStart the time before which none of its items was read
 * @param scanEnd the time after which none of its items was read
 * @param files the data files
 */
public record ExportOutline(
    String exportId,
    @Nullable String bucket,
    String prefix,
    String tableArn,
    Instant start,
    Instant scanStart,
    Instant scanEnd,
    List<File> files) {

  public ExportOutline {
    files = List.copyOf(files);
  }

  /**
   * A data file.
   *
   * @param name its path within the snapshot's folder
   * @param items the number of items in it
   * @param md5 of its bytes, in Base64
   */
  public record File(String name, long items, String md5) {}

  /** Returns the number of items in the files. */
  public long items() {
    return files.stream().mapToLong(File::items).sum();
  }
}
