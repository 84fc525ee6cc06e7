/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.export;

import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.job.Failure;
import io.sluice.localaws.dynamodb.recovery.NetChange;
import io.sluice.localaws.dynamodb.recovery.Snapshot;
import io.sluice.localaws.dynamodb.recovery.TableRecovery;
import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does one export, from its first object to its end. */
final class ExportRun implements Runnable {

  /** Divides the table into this many parts for each file, so that writers never wait for long. */
  private static final int PARTS_PER_FILE = 64;

  static final int MAX_FILES = Segment.MAX_TOTAL / PARTS_PER_FILE;

  /** Is what an incremental export costs at least. */
  private static final long LEAST_BILLED = 10_000_000;

  private final Export export;
  private final TableRecovery recovery;
  private final Optional<Snapshot> snapshot;
  private final Buckets buckets;
  private final InstantSource clock;
  private final int files;

  /** Prepares an export; one in full is of the table as it is at this moment, or was before. */
  ExportRun(
      Export export, TableRecovery recovery, Buckets buckets, InstantSource clock, int files) {
    this.export = export;
    this.recovery = recovery;
    this.snapshot =
        export.request().window().isPresent()
            ? Optional.empty()
            : Optional.of(
                recovery.at(export.table(), export.request().time(), files * PARTS_PER_FILE));
    this.buckets = buckets;
    this.clock = clock;
    this.files = files;
  }

  @Override
  public void run() {
    try {
      buckets.write(export.request().bucket(), export.folder() + "_started", new byte[0]);
      export.complete(clock.instant(), write());
    } catch (Throwable e) {
      // Also errors: nobody else would learn of them, and the export would never end.
      export.fail(clock.instant(), Failure.of(e));
      Failure.log(export.arn(), e);
    }
  }

  private Export.Done write() throws IOException {
    boolean full = snapshot.isPresent();
    DataFiles data =
        new DataFiles(
            buckets,
            export.request().bucket(),
            (full ? export.folder() : export.request().folder()) + "data/",
            export.request().format());
    if (full) {
      writeItems(data, snapshot.get());
    } else {
      writeChanges(data, export.request().window().get());
    }
    long billed = full ? data.bytes() : Math.max(LEAST_BILLED, data.bytes());
    String manifest = new Manifest(buckets, export).write(data, clock.instant(), billed);
    return new Export.Done(manifest, data.items(), billed);
  }

  private void writeItems(DataFiles data, Snapshot items) throws IOException {
    for (int file = 0; file < files; file++) {
      int first = file * PARTS_PER_FILE;
      data.add(
          sink -> {
            for (int part = first; part < first + PARTS_PER_FILE; part++) {
              for (Map<String, Value> item : items.read(part)) {
                sink.write(Map.of("Item", item));
              }
            }
          });
    }
  }

  private void writeChanges(DataFiles data, ExportRequest.Window window) throws IOException {
    List<List<NetChange>> changes = new ArrayList<>();
    for (int file = 0; file < files; file++) {
      changes.add(new ArrayList<>());
    }
    for (NetChange change : recovery.between(window.from(), window.to())) {
      changes.get(Math.floorMod(change.key().hashCode(), files)).add(change);
    }
    for (List<NetChange> file : changes) {
      data.add(
          sink -> {
            for (NetChange change : file) {
              sink.write(record(change, window));
            }
          });
    }
  }

  private static Map<String, Map<String, Value>> record(
      NetChange change, ExportRequest.Window window) {
    Map<String, Map<String, Value>> record = new LinkedHashMap<>();
    record.put(
        "Metadata",
        Map.of("WriteTimestampMicros", new Value.N(BigDecimal.valueOf(change.micros()))));
    record.put("Keys", change.key());
    if (window.oldImages()) {
      change.before().ifPresent(image -> record.put("OldImage", image));
    }
    change.after().ifPresent(image -> record.put("NewImage", image));
    return record;
  }
}
