/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.DeltaLines;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.record.Change;
import io.sluice.change.record.StreamRecordParser;
import io.sluice.item.InvalidItemException;
import io.sluice.item.ItemKey;
import io.sluice.item.KeySchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
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
    Keys keys = new Keys(out);
    try {
      DeltaLines.read(feed, file, keys::add);
    } catch (InvalidItemException e) {
      throw new IOException(
          "record %d of %s is damaged: %s"
              .formatted(keys.records, feed.path() + file.name(), e.getMessage()),
          e);
    }
    keys.passOn();
  }

  /** The keys of a file, and their changes that may decide. */
  private final class Keys {
    private final StreamRecordParser parser = new StreamRecordParser(schema);
    private final Map<ItemKey, LastChange> keys = new HashMap<>();
    private final BucketChanges out;
    private long held;
    private long records;

    Keys(OutputReceiver<KV<Integer, BucketEntry>> out) {
      this.out = new BucketChanges(buckets, (bucket, entry) -> out.output(KV.of(bucket, entry)));
    }

    void add(byte[] line) throws InvalidItemException {
      records++;
      Change change = parser.parse(line);
      if (asOf.isLater(change)) {
        // It only tells what the item was before it.
        change = parser.parseBefore(line);
      }
      keys.computeIfAbsent(change.key(), key -> new LastChange(asOf)).add(change);
      held += change.heapBytes();
      if (held > MOST_BYTES) {
        passOn();
      }
    }

    void passOn() {
      keys.values().forEach(last -> last.forEach(out::add));
      out.flush();
      keys.clear();
      held = 0;
    }
  }
}
