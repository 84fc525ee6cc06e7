/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.stream;

import io.sluice.localaws.dynamodb.schema.TableDefinition.StreamView;
import io.sluice.localaws.dynamodb.value.DynamoDbException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/** Keeps the streams of all tables, in memory: those of today, and those that ended lately. */
public final class Streams {

  private static final Pattern ARN =
      Pattern.compile("arn:[^:]+:dynamodb:[^:]*:[^:]*:table/[^/|]+/stream/[^/|]+");

  /** Which part of the memory is made free at once, so that it is not done for each record. */
  private static final int SLACK = 64;

  private final InstantSource clock;
  private final StreamSettings settings;
  private final Memory memory;
  private final ConcurrentNavigableMap<String, TableStream> streams = new ConcurrentSkipListMap<>();

  /** Holds a page of streams, and the ARN of the last of them if there are more. */
  public record Listing(List<TableStream> page, Optional<String> last) {}

  /** Holds a page of records, and the stream that it is of. */
  public record Read(TableStream stream, TableStream.Page page) {}

  /** Starts with no streams. */
  public Streams(InstantSource clock, StreamSettings settings) {
    this.clock = clock;
    this.settings = settings;
    this.memory = new Memory(settings.maxBytes());
  }

  /** Gives the time by the clock that all times of this server come from. */
  public Instant now() {
    return clock.instant();
  }

  /** Gives the time of a new stream of a table: now, or a little later if it is taken. */
  public Instant beginning(String tableArn) {
    Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    while (streams.containsKey(TableStream.arn(tableArn, time))) {
      time = time.plusMillis(1);
    }
    return time;
  }

  /**
   * Starts a stream, or goes on with one whose records were in the memory of another process: it
   * has its ARN again, and new shards.
   *
   * @param created when it began, as {@link #beginning} gave it
   */
  public TableStream open(TableStream.Source source, StreamView view, Instant created) {
    forget();
    TableStream stream =
        new TableStream(source, view, created, settings, memory, this::bound, clock);
    if (streams.putIfAbsent(stream.arn(), stream) != null) {
      throw new IllegalStateException(stream.arn() + " is there already");
    }
    return stream;
  }

  /**
   * Finds a stream by its ARN.
   *
   * @throws DynamoDbException a ResourceNotFoundException if there is none
   */
  public TableStream get(String arn) {
    checkArn(arn);
    forget();
    TableStream stream = streams.get(arn);
    if (stream == null) {
      throw DynamoDbException.notFound(
          "Requested resource not found: Stream: " + arn + " not found");
    }
    return stream;
  }

  /**
   * Lists streams in the order of their ARNs.
   *
   * @param table the only table whose streams are listed, if it is there
   * @param after the stream after which to begin, which need not exist
   * @param limit how many at most
   */
  public Listing list(Optional<String> table, Optional<String> after, int limit) {
    after.ifPresent(Streams::checkArn);
    forget();
    List<TableStream> found =
        after.map(arn -> streams.tailMap(arn, false)).orElse(streams).values().stream()
            .filter(each -> table.isEmpty() || each.source().tableName().equals(table.get()))
            .limit(limit + 1L)
            .toList();
    if (found.size() <= limit) {
      return new Listing(found, Optional.empty());
    }
    return new Listing(found.subList(0, limit), Optional.of(found.get(limit - 1).arn()));
  }

  /**
   * Reads a page of records.
   *
   * @param iterator as {@link ShardIterator#text} spells it
   * @param limit how many records at most
   */
  public Read read(String iterator, int limit) {
    ShardIterator place = ShardIterator.parse(iterator);
    TableStream stream = get(place.arn());
    Instant end = Instant.ofEpochMilli(place.millis()).plus(settings.iteratorLife());
    if (!clock.instant().isBefore(end)) {
      throw DynamoDbException.of(
          "ExpiredIteratorException", "The provided iterator exceeds the maximum age allowed.");
    }
    return new Read(stream, stream.read(place, limit));
  }

  /** Forgets the streams that ended long ago. */
  private void forget() {
    for (TableStream stream : streams.values()) {
      if (stream.isGone() && streams.remove(stream.arn(), stream)) {
        stream.trim(Long.MAX_VALUE);
      }
    }
  }

  /** Trims the largest stream if all take too much memory, and then a little more than it needs. */
  private void bound() {
    boolean trimmed = true;
    while (trimmed && memory.excess() > 0) {
      long bytes = memory.excess() + settings.maxBytes() / SLACK;
      trimmed =
          streams.values().stream()
              .max(Comparator.comparingLong(TableStream::heapBytes))
              .filter(largest -> largest.trim(bytes))
              .isPresent();
    }
  }

  private static void checkArn(String arn) {
    if (!ARN.matcher(arn).matches()) {
      throw DynamoDbException.validation("Invalid StreamArn");
    }
  }
}
