/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedFolder;
import io.sluice.change.stream.RecordJson;
import io.sluice.format.FileStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * Writes the changes of a shard to files by hour, as lines of JSON in gzip. Not for use by several
 * threads at once.
 */
final class DeltaWriter implements AutoCloseable {
  /** The clocks of a shard's machines may differ, so changes go back over an hour's end. */
  private static final int MOST_OPEN = 2;

  private static final String SUFFIX = ".json.gz";

  private final CaptureTask task;
  private final String shard;
  private final String attempt = UUID.randomUUID().toString().substring(0, 8);
  private final long mostRecords;
  private final TreeMap<String, Open> open = new TreeMap<>();
  private final List<DeltaFile> done = new ArrayList<>();
  private int files;

  /**
   * @param mostRecords how many changes a file has at most
   */
  DeltaWriter(CaptureTask task, String shard, long mostRecords) {
    this.task = task;
    this.shard = shard;
    this.mostRecords = mostRecords;
  }

  void write(Record record) throws IOException {
    Instant time = record.dynamodb().approximateCreationDateTime();
    String folder = FeedFolder.hourFolder(time);
    Open file = open.get(folder);
    if (file == null) {
      if (open.size() == MOST_OPEN) {
        finish(open.pollFirstEntry().getValue());
      }
      file = new Open(folder);
      open.put(folder, file);
    }
    file.write(record, time);
    if (file.records == mostRecords) {
      finish(open.remove(folder));
    }
  }

  private void finish(Open file) throws IOException {
    done.add(file.finish());
  }

  /** Completes all files, and returns them. */
  List<DeltaFile> finish() throws IOException {
    while (!open.isEmpty()) {
      finish(open.pollFirstEntry().getValue());
    }
    return done;
  }

  /** Abandons the files that are not complete. */
  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pollFirstEntry().getValue().stream.abandon();
    }
  }

  private final class Open {
    private final String name;
    private final FileStream stream;
    private final RecordJson json;
    private long records;
    private @Nullable Instant first;
    private @Nullable Instant last;

    Open(String folder) throws IOException {
      name = folder + task.filePrefix() + attempt + "-" + files++ + SUFFIX;
      stream = FileStream.create(FileSystems.matchNewResource(task.feed().path() + name, false));
      json = new RecordJson(task.stream().arn(), new GZIPOutputStream(stream));
    }

    void write(Record record, Instant time) throws IOException {
      json.write(record);
      records++;
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
    }

    DeltaFile finish() throws IOException {
      json.close();
      return new DeltaFile(name, records, stream.position(), stream.md5(), shard, first, last);
    }
  }
}
