/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.record.Change;
import io.sluice.change.record.StreamRecordParser;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/**
 * Reads a file of changes, and passes on those of each key that may decide, in the bucket of the
 * key. A file that is not as its commit says fails the job.
 */
final class ReadDeltaFn extends DoFn<DeltaFile, KV<Integer, BucketEntry>> {
  private static final long serialVersionUID = 1L;

  /** The most memory that changes take before they are passed on. */
  private static final long MOST_BYTES = 32 << 20;

  private static final int LONGEST_RECORD = 4 << 20;

  private final FeedFolder feed;
  private final KeySchema schema;
  private final PointInTime asOf;
  private final int buckets;

  ReadDeltaFn(FeedFolder feed, KeySchema schema, PointInTime asOf, int buckets) {
    this.feed = feed;
    this.schema = schema;
    this.asOf = asOf;
    this.buckets = buckets;
  }

  @ProcessElement
  public void processElement(@Element DeltaFile file, OutputReceiver<KV<Integer, BucketEntry>> out)
      throws IOException {
    String name = feed.path() + file.name();
    StreamRecordParser parser = new StreamRecordParser(schema);
    Map<ItemKey, LastChange> keys = new HashMap<>();
    long held = 0;
    long records = 0;
    MessageDigest md5 = md5();
    try (InputStream bytes =
            new DigestInputStream(
                new BufferedInputStream(
                    Channels.newInputStream(
                        FileSystems.open(FileSystems.matchNewResource(name, false)))),
                md5);
        InputStream in = new BufferedInputStream(new GZIPInputStream(bytes))) {
      for (byte[] line = readLine(in, name); line != null; line = readLine(in, name)) {
        records++;
        Change change = parser.parse(line);
        keys.computeIfAbsent(change.key(), key -> new LastChange(asOf)).add(change);
        held += change.heapBytes();
        if (held > MOST_BYTES) {
          passOn(keys, out);
          held = 0;
        }
      }
      bytes.readAllBytes();
    } catch (InvalidItemException e) {
      throw new IOException(
          "record %d of %s is damaged: %s".formatted(records, name, e.getMessage()), e);
    }
    passOn(keys, out);
    if (records != file.records()
        || !Base64.getEncoder().encodeToString(md5.digest()).equals(file.md5())) {
      throw new IOException(
          "%s is not as its commit says: it has %d records, and should have %d with the MD5 %s"
              .formatted(name, records, file.records(), file.md5()));
    }
  }

  private void passOn(Map<ItemKey, LastChange> keys, OutputReceiver<KV<Integer, BucketEntry>> out) {
    keys.forEach(
        (key, last) ->
            last.forEach(change -> out.output(KV.of(key.bucket(buckets), BucketEntry.of(change)))));
    keys.clear();
  }

  /** Returns the next line without its end; null at the end of the file. */
  private static byte[] readLine(InputStream in, String name) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toByteArray();
      }
      line.write(b);
      if (line.size() > LONGEST_RECORD) {
        throw new IOException(name + " has a record of over " + LONGEST_RECORD + " bytes");
      }
    }
    return line.size() == 0 ? null : line.toByteArray();
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has MD5", e);
    }
  }
}
