/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.change.feed.DeltaFile;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.FeedCommits;
import io.sluice.change.feed.FeedFolder;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.options.PipelineOptions;

/** Writes files and commits of a feed. */
final class FeedFiles {
  static final PipelineOptions OPTIONS = Place.options();

  static final Instant START = Instant.parse("2026-01-31T22:59:00Z");

  static final String TABLE = "My-Table";

  private FeedFiles() {}

  /** Writes a file with one change a line. */
  static DeltaFile file(FeedFolder feed, int second, String name, String... records)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(String.join("", records).getBytes(UTF_8));
    }
    Instant time = START.plusSeconds(second);
    String file = FeedFolder.hourFolder(time) + name + ".json.gz";
    Folder.of(feed.path()).write(file, bytes.toByteArray(), "application/gzip");
    return new DeltaFile(file, records.length, bytes.size(), "md5", "shard", time, time);
  }

  static void commit(FeedFolder feed, long number, String run, DeltaFile... files)
      throws IOException {
    FeedCommits.of(feed)
        .add(
            new FeedCommit(
                number,
                run,
                TABLE,
                "arn:1",
                "NEW_IMAGE",
                START,
                START,
                START,
                0,
                null,
                List.of(files),
                List.of()));
  }

  static void update(FeedFolder feed) throws IOException {
    new FeedCatalog(feed, null, OPTIONS).update();
  }
}
