/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.sink;

import static org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions.IGNORE_MISSING_FILES;

import io.sluice.format.FileStream;
import io.sluice.format.ItemSink;
import io.sluice.format.SinkFactory;
import io.sluice.item.page.ItemPage;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file to which pages of items are being written. Not for use by several threads at once. */
final class OpenFile {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFile.class);

  private final ResourceId place;
  private final FileStream stream;
  private final ItemSink sink;
  private long items;

  private OpenFile(ResourceId place, FileStream stream, ItemSink sink) {
    this.place = place;
    this.stream = stream;
    this.sink = sink;
  }

  static OpenFile create(ResourceId place, SinkFactory sinks) throws IOException {
    FileStream stream = FileStream.create(place);
    try {
      return new OpenFile(place, stream, sinks.open(stream));
    } catch (IOException | RuntimeException e) {
      discard(place, stream);
      throw e;
    }
  }

  void write(ItemPage page) throws IOException {
    sink.write(page);
    items += page.count();
  }

  /** Returns roughly the length that the file would have now. */
  long bytes() {
    return sink.bytes();
  }

  /** Completes the file. */
  WrittenFiles.File finish() throws IOException {
    sink.finish();
    sink.close();
    stream.close();
    return new WrittenFiles.File(place.toString(), items, stream.position(), stream.md5());
  }

  /** Abandons the file and deletes it if possible: nothing refers to it. */
  void discard() {
    sink.close();
    discard(place, stream);
  }

  private static void discard(ResourceId place, FileStream stream) {
    try {
      stream.abandon();
    } catch (IOException | RuntimeException e) {
      // On S3 there is no file in this case.
    }
    delete(List.of(place));
  }

  /** Deletes files to which nothing refers; any that remain do no harm. */
  static void delete(List<ResourceId> places) {
    try {
      FileSystems.delete(places, IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} files of a part that failed stay behind: {}", places.size(), e.toString());
    }
  }
}
