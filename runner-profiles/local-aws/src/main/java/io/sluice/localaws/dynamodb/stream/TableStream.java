/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import io.sluice.localaws.dynamodb.schema.KeySchema;
import io.sluice.localaws.dynamodb.schema.TableDefinition.StreamView;
import io.sluice.localaws.dynamodb.store.Change;
import io.sluice.localaws.dynamodb.store.ChangeListener;
import io.sluice.localaws.dynamodb.store.PartitionHash;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import io.sluice.localaws.dynamodb.value.Value;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Keeps the stream of a table: a record for each write that changes an item. */
public final class TableStream implements ChangeListener {

  private static final int MAX_PAGE_BYTES = 1 << 20;

  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  private final Source source;
  private final StreamView view;
  private final Instant created;
  private final StreamSettings settings;
  private final InstantSource clock;
  private final Random random;
  private final ShardTree shards;
  private final Runnable appended;
  private Optional<Instant> ended = Optional.empty();

  /** Names the table of a stream. */
  public record Source(String tableName, String tableArn, String region, KeySchema key) {}

  /**
   * Holds a page of records.
   *
   * @param next where the next page begins; empty at the end of a shard that is closed
   */
  public record Page(List<StreamRecord> records, Optional<ShardIterator> next) {}

  /** Holds a page of shards, and the id of the last of them if there are more. */
  public record Shards(List<ShardDescription> page, Optional<String> last) {}

  /**
   * Starts.
   *
   * @param appended runs after each record, when others may use this stream again
   */
  TableStream(
      Source source,
      StreamView view,
      Instant created,
      StreamSettings settings,
      Memory memory,
      Runnable appended,
      InstantSource clock) {
    this.source = source;
    this.view = view;
    this.created = created;
    this.settings = settings;
    this.appended = appended;
    this.clock = clock;
    this.random = new Random(settings.seed() ^ arn().hashCode());
    this.shards = new ShardTree(settings, MemoryLog::new, memory, random, clock.instant());
  }

  /** Gives the label of a stream that was created at a time. */
  public static String label(Instant created) {
    return LABEL.format(created);
  }

  /** Gives the ARN of the stream of a table that was created at a time. */
  static String arn(String tableArn, Instant created) {
    return tableArn + "/stream/" + label(created);
  }

  /** Gives the ARN. */
  public String arn() {
    return arn(source.tableArn(), created);
  }

  /** Names the table. */
  public Source source() {
    return source;
  }

  /** Says what records have of a change. */
  public StreamView view() {
    return view;
  }

  /** Says when the stream began, to the millisecond; no two streams of a table say the same. */
  public Instant created() {
    return created;
  }

  /** Reports whether the stream takes records. */
  public synchronized boolean isEnabled() {
    return ended.isEmpty();
  }

  /** Reports whether the stream ended so long ago that nothing is left of it. */
  synchronized boolean isGone() {
    Instant horizon = clock.instant().minus(settings.retention());
    return ended.filter(time -> !time.isAfter(horizon)).isPresent();
  }

  /** Counts the bytes of the heap that the records take. */
  synchronized long heapBytes() {
    return shards.heapBytes();
  }

  /**
   * Trims the oldest records, until they took {@code bytes} of the heap or none is left; reports
   * whether there was one.
   */
  synchronized boolean trim(long bytes) {
    return shards.trimOldest(bytes);
  }

  @Override
  public void changed(Map<String, Value> key, Change change) {
    Optional<StreamRecord.Draft> draft = StreamRecord.draft(view, key, change);
    if (draft.isPresent()) {
      append(PartitionHash.of(source.key(), key), draft.get());
      appended.run();
    }
  }

  /** Adds a record; one whose write began before the stream ended may come too late. */
  private synchronized void append(long hash, StreamRecord.Draft draft) {
    if (ended.isEmpty()) {
      shards.append(hash, draft, clock.instant());
    }
  }

  /** Takes no more records; those that it has stay for a while. */
  public synchronized void disable() {
    if (ended.isEmpty()) {
      Instant now = clock.instant();
      shards.upkeep(now);
      shards.close(now);
      ended = Optional.of(now);
    }
  }

  /**
   * Closes a shard and opens two in its place, each with half of its partitions.
   *
   * @return whether it did: a shard that is closed, or has one hash only, cannot be split
   */
  public synchronized boolean split(String shard) {
    Instant now = clock.instant();
    shards.upkeep(now);
    return shards.split(shard(shard), now);
  }

  /**
   * Lists shards in the order of their ids, in which parents come before their children.
   *
   * @param after the shard after which to begin, which need not exist
   * @param parent lists only the children of this shard, if it is there
   * @param limit how many at most
   */
  public synchronized Shards shards(Optional<String> after, Optional<String> parent, int limit) {
    shards.upkeep(clock.instant());
    Predicate<ShardDescription> wanted = shard -> parent.isEmpty() || shard.parent().equals(parent);
    List<ShardDescription> found =
        shards.after(after).stream()
            .map(Shard::description)
            .filter(wanted)
            .limit(limit + 1L)
            .toList();
    if (found.size() <= limit) {
      return new Shards(found, Optional.empty());
    }
    return new Shards(found.subList(0, limit), Optional.of(found.get(limit - 1).id()));
  }

  /**
   * Gives an iterator for a shard.
   *
   * @param number the sequence number, for the types that have one
   */
  public synchronized ShardIterator iterator(
      String shardId, IteratorType type, Optional<String> number) {
    Instant now = clock.instant();
    shards.upkeep(now);
    Shard shard = shard(shardId);
    long from =
        switch (type) {
          case TRIM_HORIZON -> shard.horizon();
          case LATEST -> (shard.isClosed() ? shard.last() : shards.sequence()) + 1;
          case AT_SEQUENCE_NUMBER -> sequence(shard, number.orElseThrow());
          case AFTER_SEQUENCE_NUMBER -> sequence(shard, number.orElseThrow()) + 1;
        };
    return new ShardIterator(arn(), shardId, from, now.toEpochMilli());
  }

  /**
   * Reads a page of records: at most 1 MiB unless it is a single record.
   *
   * @param limit how many records at most
   */
  synchronized Page read(ShardIterator iterator, int limit) {
    Instant now = clock.instant();
    shards.upkeep(now);
    Shard shard = shard(iterator.shard());
    if (iterator.from() < shard.horizon()) {
      throw trimmed();
    }
    List<StreamRecord> records =
        random.nextDouble() < settings.emptyPages()
            ? List.of()
            : shard.log().read(iterator.from(), limit, MAX_PAGE_BYTES);
    long from =
        records.isEmpty() ? iterator.from() : records.get(records.size() - 1).sequence() + 1;
    if (shard.isClosed() && !shard.log().hasFrom(from)) {
      return new Page(records, Optional.empty());
    }
    ShardIterator next = new ShardIterator(arn(), shard.id(), from, now.toEpochMilli());
    return new Page(records, Optional.of(next));
  }

  private Shard shard(String id) {
    return shards
        .find(id)
        .orElseThrow(
            () -> DynamoDbException.notFound("Requested resource not found: Shard does not exist"));
  }

  private long sequence(Shard shard, String number) {
    long sequence =
        SequenceNumber.parse(number)
            .orElseThrow(() -> DynamoDbException.validation("Invalid SequenceNumber"));
    long last = shard.isClosed() ? shard.last() : shards.sequence();
    if (sequence < shard.description().start() || sequence > last) {
      throw DynamoDbException.validation("Invalid SequenceNumber");
    }
    if (sequence < shard.horizon()) {
      throw trimmed();
    }
    return sequence;
  }

  private static DynamoDbException trimmed() {
    return DynamoDbException.of(
        "TrimmedDataAccessException", "The data you are trying to access has been trimmed.");
  }
}
