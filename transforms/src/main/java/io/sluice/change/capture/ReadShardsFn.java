/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.capture;

import io.sluice.change.feed.DeltaLines;
import io.sluice.change.feed.FeedCommit;
import io.sluice.change.feed.ShardPosition;
import io.sluice.change.stream.ShardReader;
import io.sluice.change.stream.StreamClient;
import io.sluice.change.stream.StreamGapException;
import io.sluice.dynamodb.wire.Clients;
import io.sluice.dynamodb.wire.RetryWindow;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.beam.sdk.io.aws2.common.ClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** Reads shards to the present, side by side, and writes their changes to files. */
final class ReadShardsFn extends DoFn<ArrayList<ShardPosition>, ShardResult> {
  private static final long serialVersionUID = 1L;

  /** Some 100 MB of changes of 200 bytes, before compression. */
  private static final long RECORDS_OF_FILE = 500_000;

  /** The oldest record that is left may be gone a moment later, but not again and again. */
  private static final int MOST_ANEW = 5;

  private final CaptureTask task;
  private final ClientConfiguration config;
  private final ShardReader.Patience patience;
  private transient @Nullable StreamClient client;

  ReadShardsFn(CaptureTask task, ClientConfiguration config, ShardReader.Patience patience) {
    this.task = task;
    this.config = config;
    this.patience = patience;
  }

  @StartBundle
  public void open(PipelineOptions options) {
    client =
        new StreamClient(
            Clients.streams(Clients.LONGEST_READ, config, options.as(AwsOptions.class)),
            RetryWindow.RETRY_FOR);
  }

  /** A bundle is a shard or a few, and nothing tells a DoFn that its job has ended. */
  @FinishBundle
  public void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  @Teardown
  public void tearDown() {
    close();
  }

  @ProcessElement
  public void processElement(
      @Element ArrayList<ShardPosition> shards, OutputReceiver<ShardResult> out)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(shards.size());
    try {
      List<Future<ShardResult>> results = new ArrayList<>();
      shards.forEach(shard -> results.add(threads.submit(() -> read(shard))));
      for (Future<ShardResult> result : results) {
        out.output(result.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading a stream", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private ShardResult read(ShardPosition from) throws IOException {
    try {
      return read(from, null);
    } catch (StreamGapException e) {
      if (task.onGap() == CaptureTask.OnGap.FAIL) {
        throw e;
      }
      return readAnew(from, e.getMessage());
    }
  }

  /** Reads what is left of a shard; that is nothing if it is gone. */
  private ShardResult readAnew(ShardPosition from, String gap) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return read(ShardPosition.unread(from.shard(), from.parent()), gap);
      } catch (StreamGapException e) {
        if (e.isShardGone()) {
          ShardPosition over = new ShardPosition(from.shard(), from.parent(), null, true, e.time());
          return new ShardResult(
              new ShardReader.End(over, task.stream().time()), List.of(), 0, 0, gap);
        }
        if (attempt == MOST_ANEW) {
          throw e;
        }
      }
    }
  }

  private ShardResult read(ShardPosition from, @Nullable String gap) throws IOException {
    FeedCommit last = task.beginsAnew() ? null : task.last();
    // The times of changes have whole seconds.
    Counts counts =
        new Counts(
            last == null ? Instant.MIN : last.completeThrough().truncatedTo(ChronoUnit.SECONDS));
    ShardReader reader = new ShardReader(client, task.stream().arn(), patience);
    try (DeltaWriter writer = new DeltaWriter(task, from.shard(), RECORDS_OF_FILE)) {
      ShardReader.End end =
          reader.read(
              from,
              last == null || gap != null ? null : last.start(),
              task.stream().time(),
              record -> {
                writer.write(record);
                counts.add(record);
              });
      return new ShardResult(end, writer.finish(), counts.late, counts.expired, gap);
    }
  }

  private static final class Counts {
    private final Instant complete;
    private long late;
    private long expired;

    Counts(Instant complete) {
      this.complete = complete;
    }

    void add(Record record) {
      late += record.dynamodb().approximateCreationDateTime().isBefore(complete) ? 1 : 0;
      expired += isExpired(record) ? 1 : 0;
    }

    private static boolean isExpired(Record record) {
      return record.userIdentity() != null
          && DeltaLines.TTL.equals(record.userIdentity().principalId());
    }
  }
}
