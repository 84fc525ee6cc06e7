/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.bucket.Draft;
import io.sluice.localaws.dynamodb.format.ItemFormat;
import io.sluice.localaws.dynamodb.format.RecordWriter;
import io.sluice.localaws.dynamodb.value.Sizes;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;

/** Writes the data files of one export, one after the other, and counts what is in them. */
final class DataFiles {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int NAME_LENGTH = 26;

  private final Buckets buckets;
  private final String bucket;
  private final String folder;
  private final ItemFormat format;
  private final List<DataFile> files = new ArrayList<>();
  private long bytes;

  /**
   * Holds a file as the manifest lists it.
   *
   * @param md5 of the compressed bytes, in base 64
   */
  record DataFile(String key, long items, String md5, String etag) {}

  /** Gives records, as many as there are. */
  @FunctionalInterface
  interface Records {
    void writeTo(Sink sink) throws IOException;
  }

  /** Takes a record. */
  @FunctionalInterface
  interface Sink {
    void write(Map<String, Map<String, Value>> record) throws IOException;
  }

  /** Writes to {@code folder}, which ends with a slash. */
  DataFiles(Buckets buckets, String bucket, String folder, ItemFormat format) {
    this.buckets = buckets;
    this.bucket = bucket;
    this.folder = folder;
    this.format = format;
  }

  /** Writes one file, which has no bytes but those of gzip if there are no records. */
  void add(Records records) throws IOException {
    try (Draft draft = new Draft()) {
      add(records, draft);
    }
  }

  private void add(Records records, Draft draft) throws IOException {
    long[] count = {0};
    MessageDigest md5 = Checksums.md5();
    try (OutputStream file = new DigestOutputStream(draft.out(), md5);
        RecordWriter writer = format.writer(new GZIPOutputStream(file))) {
      records.writeTo(
          record -> {
            writer.write(record);
            count[0]++;
            for (Map<String, Value> member : record.values()) {
              bytes += Sizes.of(member);
            }
          });
    }
    String key = folder + name() + "." + format.suffix() + ".gz";
    String etag = buckets.write(bucket, key, draft.file());
    files.add(new DataFile(key, count[0], Checksums.text(md5), etag));
  }

  private static String name() {
    StringBuilder name = new StringBuilder(NAME_LENGTH);
    for (int i = 0; i < NAME_LENGTH; i++) {
      name.append(ALPHABET.charAt(ThreadLocalRandom.current().nextInt(ALPHABET.length())));
    }
    return name.toString();
  }

  /** Lists the files, in the order in which they were written. */
  List<DataFile> files() {
    return files;
  }

  /** Counts the records of all files. */
  long items() {
    return files.stream().mapToLong(DataFile::items).sum();
  }

  /** Adds up the sizes of all records, as the service measures items. */
  long bytes() {
    return bytes;
  }
}
