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
 * An export as manifests describe it.
 *
 * @param exportId as DynamoDB names its own exports
 * @param bucket the bucket that it is in; null outside of S3
 * @param prefix the key of the snapshot's folder, with a slash at its end
 * @param tableArn the ARN of the table
 * @param start when the export began
 * @param scanStart when its first page was asked for
 * @param scanEnd when its last page was asked for
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
   * @param name its path from the snapshot's folder
   * @param items how many items are in it
   * @param md5 of its bytes, in Base64
   */
  public record File(String name, long items, String md5) {}

  /** How many items are in the files. */
  public long items() {
    return files.stream().mapToLong(File::items).sum();
  }
}
