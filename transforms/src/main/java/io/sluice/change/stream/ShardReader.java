/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.stream;

import io.sluice.change.feed.ShardPosition;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.checkerframework.checker.nullness.qual.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

/**
 * Reads a shard from a position to the present. That is reached at the end of a closed shard, at a
 * record that is not older than the moment asked for, or when the shard has had nothing to read for
 * some time: DynamoDB reports no lag, and answers with empty pages in the middle of shards.
 */
public final class ShardReader {

  /** An iterator lives for 15 minutes; one that expires this often expires at once. */
  private static final int MOST_EXPIRED = 100;

  private final StreamClient client;
  private final String stream;
  private final Patience patience;

  /**
   * States when a shard counts as read to the present.
   *
   * @param pages how many pages in a row are empty, 1 or more
   * @param time how much time they take, by the clock of the service, whose answers have whole
   *     seconds
   * @param pause before the next page after an empty one
   */
  public record Patience(int pages, Duration time, Duration pause) implements Serializable {
    /** Some 25 empty pages. */
    public static final Patience DEFAULT =
        new Patience(20, Duration.ofSeconds(5), Duration.ofMillis(200));

    public Patience {
      if (pages < 1) {
        throw new IllegalArgumentException("pages is " + pages + ", must be 1 or more");
      }
    }
  }

  /** Takes the records of a shard, in their order. */
  @FunctionalInterface
  public interface Sink {
    void accept(Record record) throws IOException;
  }

  /**
   * States how far a shard was read.
   *
   * @param position where it stands
   * @param through the time before which no record is missing, as far as the clocks of the service
   *     agree; at most the moment that was asked for
   */
  public record End(ShardPosition position, Instant through) implements Serializable {}

  /**
   * @param stream the ARN of the stream
   */
  public ShardReader(StreamClient client, String stream, Patience patience) {
    this.client = client;
    this.stream = stream;
    this.patience = patience;
  }

  /**
   * Reads a shard.
   *
   * @param from where it stands
   * @param since the time since which there may be records that were not read, by the clock of the
   *     service; null to begin with the oldest that is left
   * @param until the present, by that clock
   * @throws StreamGapException when records behind the position are no longer there
   * @throws IOException when the sink fails
   */
  public End read(ShardPosition from, @Nullable Instant since, Instant until, Sink sink)
      throws IOException {
    try {
      return new Reading(from, since, until, sink).run();
    } catch (TrimmedDataAccessException e) {
      throw StreamGapException.ofRecords(
          "the shard " + from.shard() + " has forgotten records that were not read yet",
          StreamClient.timeOf(e),
          e);
    } catch (ResourceNotFoundException e) {
      throw StreamGapException.ofShard(
          "the shard " + from.shard() + " was forgotten before it was read to its end",
          StreamClient.timeOf(e),
          e);
    }
  }

  private final class Reading {
    private final ShardPosition from;
    private final @Nullable Instant since;
    private final Instant until;
    private final Sink sink;
    private @Nullable String last;
    private boolean begun;
    private boolean reached;
    private int empty;
    private @Nullable Instant emptySince;
    private int expired;

    Reading(ShardPosition from, @Nullable Instant since, Instant until, Sink sink) {
      this.from = from;
      this.since = since;
      this.until = until;
      this.sink = sink;
      this.last = from.lastSequence();
    }

    End run() throws IOException {
      String iterator = null;
      while (true) {
        StreamClient.Page page;
        try {
          iterator = iterator == null ? client.iterator(stream, from.shard(), last) : iterator;
          page = client.records(iterator);
        } catch (ExpiredIteratorException e) {
          if (++expired > MOST_EXPIRED) {
            throw e;
          }
          iterator = null;
          continue;
        }
        checkTime(page.time());
        take(page);
        iterator = page.next();
        if (iterator == null) {
          return end(page, true, until);
        }
        if (reached) {
          return end(page, false, until);
        }
        if (isIdle(page)) {
          return end(page, false, emptySince.isBefore(until) ? emptySince : until);
        }
      }
    }

    /** An iterator behind a record that is gone may begin at a later one without a word. */
    private void checkTime(Instant now) {
      if (!begun && since != null && StreamGap.isTooLate(since, now)) {
        throw StreamGapException.ofRecords(
            "the shard %s may have records since %s, and they are not kept for so long"
                .formatted(from.shard(), since),
            now,
            null);
      }
      begun = true;
    }

    private void take(StreamClient.Page page) throws IOException {
      for (Record record : page.records()) {
        sink.accept(record);
        last = record.dynamodb().sequenceNumber();
        reached |= !record.dynamodb().approximateCreationDateTime().isBefore(until);
        expired = 0;
      }
    }

    /** Whether there has been nothing to read for long enough; pauses if not. */
    private boolean isIdle(StreamClient.Page page) {
      if (!page.records().isEmpty()) {
        empty = 0;
        emptySince = null;
        return false;
      }
      empty++;
      emptySince = emptySince == null ? page.time() : emptySince;
      if (empty >= patience.pages()
          && Duration.between(emptySince, page.time()).compareTo(patience.time()) >= 0) {
        return true;
      }
      StreamClient.sleep(patience.pause());
      return false;
    }

    private End end(StreamClient.Page page, boolean drained, Instant through) {
      return new End(
          new ShardPosition(from.shard(), from.parent(), last, drained, page.time()), through);
    }
  }
}
